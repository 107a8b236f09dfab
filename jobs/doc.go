// Package jobs does the work that people ask for and do not wait for: exports and imports.
//
// The table job is the queue. A Runner claims the oldest work that waits, holds it by a lease that
// it renews, and does it as who asked for it, through the same Session as everything else; what
// the person may not see or change, the job cannot. Nothing is remembered outside the table and
// the folder of jobs: when a process dies, its exports wait again once their lease has run out,
// and its imports are marked as failed, since only the person knows whether to begin anew. An
// import that is all or nothing is marked as done by its own transaction.
//
// Customers that nobody has talked to for too long come back into their pools in the same way, as the
// job recycle and not as a person: a run stands in its own table with how far it is, and any process
// does its next part.
//
// Files stand in the folder jobs below the data, under names that cannot be guessed. Whoever may
// fetch one is decided by the store (Session.WorkFile); after a day they are removed. Several
// processes on one database need to share that folder.
package jobs
