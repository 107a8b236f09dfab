// Package policyfile is the policy of a company as a file that people read, review and keep under
// version control.
//
// The file is YAML of the same shape as the document that the API knows. What belongs to one
// database is not in it: assignments have no ids; positions stand there by code, units by their path,
// people by login, pools by name. Above every part stands its sentence, for the reader alone.
//
// Nothing is read over: a file with a key that there is not, a name that nothing has, or anything
// that would be written in another way than it stands there is refused with its line. So what was
// reviewed is what comes into force, and export, apply, export gives the same bytes.
package policyfile
