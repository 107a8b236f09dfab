// Package archtest holds the shape of the program: which package may import which, that each
// teaches its model in one comment, that nothing below the store reads a clock, that files stay
// short, that no test is skipped, and that generated files are fresh. It reads source alone.
//
// Every ban carries its reason, which is printed when it is broken. Whoever has a better reason
// changes the table, and thereby says so.
package archtest
