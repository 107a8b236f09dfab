package store

import (
	"guan/fault"
	"guan/policy"
)

// Job names an actor of the program itself. The list is closed; each System method names the
// jobs that may call it.
type Job string

// The jobs and all that each may do.
const (
	// JobSetup fills an installation from the command line: the tenant, its organisation, people,
	// passwords, packs and demo data. Only who holds the data folder or the database can run it.
	JobSetup Job = "setup"
	// JobRunner claims background jobs and reports on them. Their work runs as who asked for it.
	JobRunner Job = "runner"
	// JobSweep deletes ended sessions and old counters of failed sign-ins.
	JobSweep Job = "sweep"
	// JobRecycle puts customers back into pools by the rules of the pools, and tells their owners
	// before. It reads no field of theirs beyond what those rules ask.
	JobRecycle Job = "recycle"
	// JobTags derives the tags that stand on records by rules. It reads what these rules look at and
	// writes nothing but tags.
	JobTags Job = "tags"
	// JobStatistics puts together what is published as statistics, from the records of which somebody has
	// figures. It writes nothing else.
	JobStatistics Job = "statistics"
	// JobRequests tells people of requests that wait or have expired, of sandboxes that end soon, and of
	// emergencies that nobody has reviewed. It decides nothing.
	JobRequests Job = "requests"
	// JobSeal puts audit entries into the sealed log and signs its heads. It reads nothing else.
	JobSeal Job = "seal"
	// JobWatch reads the sealed log for what is out of the ordinary, raises alerts and does what they are
	// set to: it freezes accounts and asks for the second factor.
	JobWatch Job = "watch"
	// JobRetain puts old stretches of the sealed log into archives and takes them out of the database.
	JobRetain Job = "retain"
	// JobStream sends entries and alerts to the address that the company has set.
	JobStream Job = "stream"
	// JobMail sends the mail that waits, by the server that the company has set.
	JobMail Job = "mail"
	// JobReport counts what the audit log says of a month and makes its reports, for whom they are meant.
	JobReport Job = "report"
)

// System is the data as one job of the program may change it.
type System struct {
	db    *DB
	actor Actor
}

// System returns the actor for a job in a tenant. Entries of the audit log name the job.
func (db *DB) System(job Job, tenant policy.ID) *System {
	return &System{db: db, actor: Actor{Tenant: tenant, Name: string(job), Channel: "job", Device: "unknown", Network: "unknown", job: job}}
}

// may refuses every job but those named.
func (s *System) may(jobs ...Job) error {
	for _, job := range jobs {
		if s.actor.job == job {
			return s.actor.check()
		}
	}
	return fault.Newf(fault.Denied, "job", "the job %s may not do this", s.actor.job)
}

// Records gives the Session in which setup writes records: its rules let it do everything, and
// its entries name the job.
func (s *System) Records() (*Session, error) {
	if err := s.may(JobSetup); err != nil {
		return nil, err
	}
	return &Session{db: s.db, actor: s.actor}, nil
}
