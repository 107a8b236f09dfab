package jobs

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"guan/policy"
	"guan/store"
	"guan/vault"
)

const (
	workers    = 2                      // pieces of work done at once by one process
	lookEvery  = 500 * time.Millisecond // for work that waits
	sweepEvery = 10 * time.Minute
	// recycleEvery is how soon a recycling, a derivation of tags or a release of statistics begins that
	// somebody asked for.
	recycleEvery = time.Second
	// remindEvery is how late people may be told of a request that waits. Nothing else hangs on it.
	remindEvery = time.Minute
	// sealEvery bounds how far the sealed audit log is behind its newest entry.
	sealEvery = 300 * time.Millisecond
	// sealLast is how long the end of the program waits for the last entries to be sealed.
	sealLast = 20 * time.Second
	// watchEvery bounds how long what was sealed waits to be watched.
	watchEvery = 500 * time.Millisecond
	// reportEvery is how soon a report begins that somebody asked for, or whose month is over.
	reportEvery = time.Second
	// retainEvery is how soon old entries of the audit log go once they are old enough.
	retainEvery = 10 * time.Minute
	// eraseEvery is how soon an archive is written anew out of which something was erased.
	eraseEvery = 5 * time.Second
)

// Runner does the work of one tenant.
type Runner struct {
	system *store.System
	pools  *store.System
	asks   *store.System
	tags   *store.System
	sums   *store.System
	seals  *store.System
	watch  *store.System
	months *store.System
	keeper *store.System
	tenant policy.ID
	folder Folder
	log    *slog.Logger
	name   string

	archives ArchiveFolder
	stays    map[string]bool // files that no row names and that have to stay, as was logged

	health map[step]*store.Health
}

// step is what a job does again and again, and what the log says where it does not go on.
type step string

const (
	sealing   step = "the audit log is not sealed any further"
	watching  step = "the audit log is not watched any further"
	archiving step = "old entries of the audit log are not archived"
	erasing   step = "what was erased is not taken out of an archive of the audit log"
	recycling step = "customers could not be put back into a pool"
	tagging   step = "tags could not be derived by their rules"
	counting  step = "statistics could not be put together"
	reminding step = "people could not be told of requests, reviews and sandboxes"
	mailing   step = "the head of the audit log could not be mailed"
	reporting step = "a monthly report could not be made"
)

// went notes how a step went. What keeps it from going on is logged once, until it does.
func (r *Runner) went(ctx context.Context, job *store.System, of step, err error) {
	if r.health[of].Went(ctx, job, err) {
		r.log.Error(string(of), slog.Any("error", err))
	}
}

// New makes a runner for the database; it works once Run is called. Faults: Invalid when there is
// no data folder.
func New(db *store.DB, tenant policy.ID, log *slog.Logger) (*Runner, error) {
	folder, err := FolderOfData(db, tenant)
	if err != nil {
		return nil, err
	}
	archives, err := ArchivesOfData(db, tenant)
	if err != nil {
		return nil, err
	}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	host, err := os.Hostname()
	if err != nil {
		return nil, err
	}
	name := fmt.Sprintf("%s/%d/%s", host, os.Getpid(), rand.Text())
	of := func(job store.Job) *store.System { return db.System(job, tenant) }
	return &Runner{
		system: of(store.JobRunner), pools: of(store.JobRecycle), asks: of(store.JobRequests), tags: of(store.JobTags), sums: of(store.JobStatistics),
		seals: of(store.JobSeal), watch: of(store.JobWatch), months: of(store.JobReport), keeper: of(store.JobRetain),
		tenant: tenant, folder: folder, archives: archives, stays: map[string]bool{}, log: log, name: name, health: healthy(),
	}, nil
}

func healthy() map[step]*store.Health {
	out := map[step]*store.Health{}
	for _, one := range []step{sealing, watching, archiving, erasing, recycling, tagging, counting, reminding, mailing, reporting} {
		out[one] = &store.Health{}
	}
	return out
}

// FolderOfData is the folder of the files of a tenant's jobs. Faults: Invalid when there is no data folder.
func FolderOfData(db *store.DB, tenant policy.ID) (Folder, error) {
	return FolderOf(db.DataDir(), fileKeys(db, tenant))
}

// fileKeys gives the keys of files as they are now.
func fileKeys(db *store.DB, tenant policy.ID) func() (*vault.Keys, error) {
	system := db.System(store.JobRunner, tenant)
	return func() (*vault.Keys, error) { return system.FileKeys(context.Background()) }
}

// Archives is where archives of the audit log lie.
func (r *Runner) Archives() ArchiveFolder { return r.archives }

// Folder is where the files stand.
func (r *Runner) Folder() Folder { return r.folder }

// Run works until ctx ends. Work under way is then given up: exports begin anew elsewhere or at
// the next start, imports are marked as failed.
func (r *Runner) Run(ctx context.Context) {
	if end, err := r.seals.SealsHere(); err == nil {
		defer end()
	}
	var all sync.WaitGroup
	for range workers {
		all.Go(func() { r.every(ctx, lookEvery, func() { r.workOff(ctx) }) })
	}
	for _, one := range r.rounds() {
		all.Go(func() { r.every(ctx, one.each, func() { one.do(ctx) }) })
	}
	all.Wait()
	// Everything is written now.
	last, enough := context.WithTimeout(context.WithoutCancel(ctx), sealLast)
	defer enough()
	r.seal(last)
}

// round is what is done again and again.
type round struct {
	each time.Duration
	do   func(context.Context)
}

func (r *Runner) rounds() []round {
	return []round{
		{sweepEvery, r.sweep}, {recycleEvery, r.recycle}, {recycleEvery, r.keepTags}, {recycleEvery, r.makeStatistics}, {remindEvery, r.remind},
		{sealEvery, r.seal}, {watchEvery, r.watchLog}, {reportEvery, r.report}, {retainEvery, r.retain}, {eraseEvery, r.eraseInArchives},
	}
}

// Turn does once all that is due by now, and the work that waits, one after the other. It is for whoever moves
// the clock, and not for while Run works.
func (r *Runner) Turn(ctx context.Context) {
	r.workOff(ctx)
	for _, one := range r.rounds() {
		one.do(ctx)
	}
}

// seal puts the audit entries that wait into the sealed log.
func (r *Runner) seal(ctx context.Context) {
	_, err := r.seals.Seal(ctx)
	r.went(ctx, r.seals, sealing, err)
}

// watchLog looks at what was sealed, part by part.
func (r *Runner) watchLog(ctx context.Context) { r.goOn(ctx, r.watch, watching, r.watch.Watch) }

// goOn does a step as long as there is something to do.
func (r *Runner) goOn(ctx context.Context, job *store.System, of step, do func(context.Context) (more bool, err error)) {
	for ctx.Err() == nil {
		more, err := do(ctx)
		r.went(ctx, job, of, err)
		if !more || err != nil {
			return
		}
	}
}

// every calls do at once and then from time to time, counted from beginning to beginning, with some pause between.
func (r *Runner) every(ctx context.Context, each time.Duration, do func()) {
	for {
		began := time.Now()
		do()
		select {
		case <-ctx.Done():
			return
		case <-time.After(max(each/8, each-time.Since(began))):
		}
	}
}

func (r *Runner) sweep(ctx context.Context) {
	if err := r.system.Tend(ctx); err != nil && ctx.Err() == nil {
		r.log.Error("the database's statistics could not be brought up to date", slog.Any("error", err))
	}
	if err := errors.Join(r.folder.sweep(time.Now()), r.archives.sweep(time.Now())); err != nil {
		r.log.Error("old files of jobs could not be removed", slog.Any("error", err))
	}
	if err := errors.Join(r.folder.Reseal(), r.archives.folder.Reseal()); err != nil {
		r.log.Error("files of jobs could not be sealed anew", slog.Any("error", err))
	}
}

// recycle puts customers back into pools, part by part.
func (r *Runner) recycle(ctx context.Context) { r.goOn(ctx, r.pools, recycling, r.pools.Recycle) }

// keepTags derives tags that stand by rules, part by part.
func (r *Runner) keepTags(ctx context.Context) { r.goOn(ctx, r.tags, tagging, r.tags.KeepTags) }

// makeStatistics puts together what is published as statistics, of one kind after the other.
func (r *Runner) makeStatistics(ctx context.Context) {
	r.goOn(ctx, nil, counting, r.sums.MakeStatistics)
}

// remind tells people of requests that wait for them, or have expired, of sandboxes that end soon, and of
// reviews that are late.
func (r *Runner) remind(ctx context.Context) {
	r.goOn(ctx, r.asks, reminding, func(ctx context.Context) (bool, error) {
		asks, err := r.asks.RemindRequests(ctx)
		reviews, late := r.asks.RemindEmergencies(ctx)
		boxes, unwarned := r.asks.WarnOfSandboxes(ctx)
		return asks || reviews || boxes, errors.Join(err, late, unwarned)
	})
}

// report makes the monthly reports that are due, and sends the head of the audit log.
func (r *Runner) report(ctx context.Context) {
	r.went(ctx, r.months, mailing, r.months.MailHeads(ctx))
	r.goOn(ctx, nil, reporting, r.months.MakeReports)
}

// workOff claims and does one piece of work after the other, as long as any waits.
func (r *Runner) workOff(ctx context.Context) {
	for ctx.Err() == nil {
		found, err := r.Once(ctx)
		if err != nil && ctx.Err() == nil {
			r.log.Error("background work failed", slog.Any("error", err))
		}
		if !found {
			return
		}
	}
}

// Once does the oldest work that waits and reports whether there was any. The error is for the
// log: what went wrong with the work itself stands in the job.
func (r *Runner) Once(ctx context.Context) (bool, error) {
	claim, err := r.system.Claim(ctx, r.name)
	if err != nil || claim == nil {
		return false, err
	}
	began := time.Now()
	err = claim.Run(ctx, func(ctx context.Context, session *store.Session) error {
		switch claim.Type {
		case store.ExportWork:
			return r.export(ctx, session, claim)
		case store.MassWork:
			return session.RunMass(ctx, claim)
		case store.AuditWork:
			return session.RunAuditCheck(ctx, claim, r.archives.Open)
		}
		if claim.Order.Revert != 0 {
			return r.revert(ctx, session, claim)
		}
		return r.load(ctx, session, claim)
	})
	r.log.Info("background work", slog.String("job", claim.ID.String()), slog.String("type", string(claim.Type)), slog.Int64("rows", claim.Rows),
		slog.Float64("seconds", time.Since(began).Seconds()))
	return true, err
}
