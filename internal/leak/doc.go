// Package leak looks at the real program from outside, as somebody with few rights, for what such
// a person may not see. All of it is tests; there is no other code here.
//
// Two worlds: the program runs twice on the same company, with other values, more rows and fewer
// rows where a group of people may not look (worlds_test.go says where, by hand, so that the gate
// does not judge itself). Each of them asks both worlds the same questions on every route, and
// every answer must be the same to the last byte, ids and times that the worlds gave themselves
// aside. What is hidden is made of words and numbers that occur nowhere else, and no answer may
// hold one. After a refused write the boss reads the kind again: nothing has changed.
//
// Classes: every class of leak that was found in shipped products and that a route of Guan could
// show has a test of its name (classes_test.go).
//
// A route that appears in the OpenAPI document and in no row here fails the tests.
package leak
