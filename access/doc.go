// Package access is where the business meets the engine: it turns what people author into rules
// and what the organisation says into subjects.
//
// Authored is everything in force in a tenant: packs and whom they are assigned to, sharing
// rules, guards, temporary grants. Lower turns it into policy rules, a pure function of the rows:
// it asks neither for the time nor for the person, so its result stays right until a row changes.
// A pack rule becomes one rule whose Who unites the pack's assignments; an assignment with a
// window becomes a rule of its own with that window.
//
// Subject derives what the engine must know of a person at an instant from the tree, the
// appointments and the pools. Nothing is stored, so a move, a new head or an ended appointment
// is in force with the next question.
//
// Presets are the packs that come with Guan; GLOSSARY.md shows them as a table that a test keeps
// equal to the code.
package access

//go:generate go test . -run "Decisions|Glossary" -update
