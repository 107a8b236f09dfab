// Package watch finds what is out of the ordinary in what people do with records.
//
// It reads events, one person's in the order in which they happened, and keeps a State of each person:
// how much they see on a day, which records they know, at which hours and from where they work. A
// detector compares what it sees with that person's own habit, a median and a spread over the days on
// which they worked, and with a floor below which nothing is worth anybody's time. What it finds says
// what was seen, what is usual, and from where on it counts.
//
// The package knows no clock, no disk and no names: time comes with the event, the State is a document
// that somebody else keeps, and words are made of a Finding where people read it.
package watch
