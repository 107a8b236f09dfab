// Package store is the only place that speaks SQL, and the gate that all data goes through.
//
// A DB is one database, SQLite or PostgreSQL. Nobody reads or writes business data on a DB
// itself: As(actor) gives the Session of a person, whose every method asks the engine first;
// System(job) gives a named actor of the program itself, with the rights of that job and no
// others. An exported method of either is one transaction, and the operation, its scope and its
// audit entry stand in it together; unexported functions take the transaction they run in.
//
//   - A write (DB.write) holds the tenant's policy epoch still while it decides and writes, has
//     one fixed now, and is refused when it left no audit entry. Operations that change rules,
//     people, units or grants raise the epoch in the same transaction.
//   - A read (DB.read) is one snapshot. What was read is recorded (DB.auditRead) before the
//     answer leaves; if it cannot be recorded the answer is refused.
//   - SQL is written once with $1-style parameters, which both databases take; where they
//     differ, the two texts stand side by side (DB.pick).
//
// Errors that leave the package are faults. Times are µs since 1970 UTC, ids come from one
// allocator for all tables and tenants.
package store
