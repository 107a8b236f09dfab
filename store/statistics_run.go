package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"time"

	"guan/fault"
	"guan/policy"
	"guan/records"
)

// A release is made once a day of each kind, in the background, and stands in its table with how far it
// is. Who makes it holds it for a while and says again and again that they are at it; after somebody who
// does so no more another process begins anew. What was made is kept with the end of the run in one
// transaction, and only by who holds it, so that there is one release of a run whatever happens on the way.

// StatisticsMaking is how far the release of the day is. It goes by the ids of the records and not by their
// number, which is nobody's business.
type StatisticsMaking struct {
	Percent int `json:"percent"`
}

const (
	makingLease   = time.Minute
	makingSays    = 500 * time.Millisecond // between two signs of life
	makingLately  = 14 * 24 * time.Hour    // a kind that nobody has asked of for so long is not made by itself
	makingSpan    = 10_000                 // of ids, within which the first question of the day makes the release itself
	makingNoticed = time.Hour              // how exactly it is kept when a kind was last asked of
)

// errMadeElsewhere says that another process makes the release, or the report, by now.
var errMadeElsewhere = errors.New("store: another process makes it")

// statisticsRun is the making of a release as it stands in its table.
type statisticsRun struct {
	status string
	making StatisticsMaking
}

func (t *rtx) statisticsRun(ctx context.Context, tenant policy.ID, kind policy.Kind) (*statisticsRun, error) {
	r := &statisticsRun{}
	err := t.row(ctx, "SELECT status, percent FROM statistics_run WHERE tenant_id = $1 AND kind = $2", tenant, string(kind)).Scan(&r.status, &r.making.Percent)
	return r, err
}

// statisticsMaking is how far the releases are that wait or are being made.
func (t *rtx) statisticsMaking(ctx context.Context, tenant policy.ID) (map[policy.Kind]*StatisticsMaking, error) {
	out := map[policy.Kind]*StatisticsMaking{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var kind policy.Kind
		m := &StatisticsMaking{}
		err := rows.Scan(&kind, &m.Percent)
		out[kind] = m
		return err
	}, "SELECT kind, percent FROM statistics_run WHERE tenant_id = $1 AND status IN ('queued', 'running')", tenant)
	return out, err
}

// wanted says how far the release is that a question waits for, after it was asked for. Of few records it
// is made at once: then nothing is said. Faults: Locked (figures_populations).
func (s *Session) wanted(ctx context.Context, kind policy.Kind) (*StatisticsMaking, error) {
	var epoch int64
	small := false
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		described := v.catalog.Kind(kind)
		if described == nil {
			return noKind
		}
		epoch = v.epoch
		from, to, err := t.idSpan(ctx, v.tenant, described)
		small = to-from <= makingSpan
		return err
	})
	if err != nil {
		return nil, err
	}
	var run *statisticsRun
	owner, mine := rand.Text(), false
	err = s.db.maintain(ctx, func(t *tx) (err error) {
		if err := t.wantRelease(ctx, s.actor, kind, epoch); err != nil {
			return err
		}
		if mine = false; small {
			if mine, err = t.claimRelease(ctx, s.actor, kind, owner); err != nil {
				return err
			}
		}
		run, err = t.statisticsRun(ctx, s.actor.Tenant, kind)
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case run.status == "failed":
		return nil, manyPopulations
	case mine:
		err := s.db.makeRelease(ctx, s.actor, kind, owner)
		if err != nil && !errors.Is(err, errMadeElsewhere) {
			// Whoever asks next need not wait until it is taken for dead.
			return nil, errors.Join(err, s.db.leaveRelease(ctx, s.actor, kind, owner, err))
		}
		return nil, nil
	case run.status == "done":
		return nil, nil
	}
	return &run.making, nil
}

// wantRelease writes down that the release of the day shall be made, unless it was or is being: or anew,
// where rules have changed since, so that somebody is not in it who may ask.
func (t *tx) wantRelease(ctx context.Context, by Actor, kind policy.Kind, epoch int64) error {
	_, err := t.exec(ctx, `INSERT INTO statistics_run (tenant_id, kind, day, status, epoch, percent, asked_at, asked_by) VALUES ($1, $2, $3, 'queued', $4, 0, $5, $6)
		ON CONFLICT (tenant_id, kind) DO UPDATE SET day = excluded.day, status = 'queued', code = NULL, epoch = excluded.epoch, percent = 0, asked_at = excluded.asked_at, asked_by = excluded.asked_by, attempts = 0
		WHERE statistics_run.status IN ('done', 'failed') AND (statistics_run.day < excluded.day OR statistics_run.epoch < excluded.epoch)`,
		by.Tenant, string(kind), statisticsDay(t.now), epoch, t.nowMicros(), optionalID(by.Person))
	return err
}

// claimRelease makes the release somebody's, unless it is somebody else's.
func (t *tx) claimRelease(ctx context.Context, by Actor, kind policy.Kind, owner string) (bool, error) {
	var attempts int
	var asker sql.NullInt64
	err := t.row(ctx, `UPDATE statistics_run SET status = 'running', owner = $1, until_at = $2, percent = 0, day = $6, attempts = attempts + 1
		WHERE tenant_id = $3 AND kind = $4 AND status IN ('queued', 'running') AND (until_at IS NULL OR until_at < $5) RETURNING attempts, asked_by`,
		owner, t.now.Add(makingLease).UnixMicro(), by.Tenant, string(kind), t.nowMicros(), statisticsDay(t.now)).Scan(&attempts, &asker)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, releaseOf(kind, asker).turned(ctx, t, by, Running, ofAttempt(attempts))
}

// releaseOf is the making of a release as its entries have it.
func releaseOf(kind policy.Kind, asker sql.NullInt64) ownWork {
	return ownWork{typ: StatisticsWork, kind: kind, behalf: policy.ID(asker.Int64)}
}

// leaveRelease gives it back undone, for an error. The job tries it again later each time; somebody's question does so
// with the next one.
func (db *DB) leaveRelease(ctx context.Context, by Actor, kind policy.Kind, owner string, err error) error {
	status, more := endOf(ctx, err)
	ctx = context.WithoutCancel(ctx)
	return db.maintain(ctx, func(t *tx) error {
		var attempts int
		var asker sql.NullInt64
		err := t.row(ctx, "UPDATE statistics_run SET status = 'queued', owner = NULL, until_at = NULL WHERE tenant_id = $1 AND kind = $2 AND owner = $3 RETURNING attempts, asked_by",
			by.Tenant, string(kind), owner).Scan(&attempts, &asker)
		if errors.Is(err, sql.ErrNoRows) {
			return nil // it is somebody else's by now
		}
		if err == nil && by.Person == 0 && status == Failed {
			_, err = t.exec(ctx, "UPDATE statistics_run SET until_at = $1 WHERE tenant_id = $2 AND kind = $3", t.now.Add(retryPause(attempts)).UnixMicro(), by.Tenant, string(kind))
		}
		if err != nil {
			return err
		}
		return releaseOf(kind, asker).turned(ctx, t, by, status, more)
	})
}

// endRelease ends the run of its owner, with a code when there can be none as the rules are.
func (t *tx) endRelease(ctx context.Context, by Actor, kind policy.Kind, owner, code string, epoch int64) error {
	status, more := Done, map[string]any(nil)
	if code != "" {
		status, more = Failed, map[string]any{"code": code}
	}
	var asker sql.NullInt64
	err := t.row(ctx, `UPDATE statistics_run SET status = $1, code = $2, epoch = $3, percent = 100, owner = NULL, until_at = NULL, finished_at = $4
		WHERE tenant_id = $5 AND kind = $6 AND owner = $7 RETURNING asked_by`,
		string(status), optionalText(code), epoch, t.nowMicros(), by.Tenant, string(kind), owner).Scan(&asker)
	if errors.Is(err, sql.ErrNoRows) {
		return errMadeElsewhere
	}
	if err != nil {
		return err
	}
	return releaseOf(kind, asker).turned(ctx, t, by, status, more)
}

// makeRelease makes the release that owner holds.
func (db *DB) makeRelease(ctx context.Context, actor Actor, kind policy.Kind, owner string) error {
	p := &releaseProgress{db: db, tenant: actor.Tenant, kind: kind, owner: owner}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go keepAlive(ctx, stop, func(ctx context.Context) error { return p.hold(ctx, "percent = percent") })
	err := db.release(ctx, actor, p)
	if fault.From(err).Code != manyPopulations.Code {
		return err
	}
	return db.maintain(ctx, func(t *tx) error {
		return t.endRelease(ctx, actor, kind, owner, manyPopulations.Code, p.epoch)
	})
}

// keepAlive says as long as ctx lasts that something is being made, and stops it when somebody else has it.
func keepAlive(ctx context.Context, stop func(), hold func(context.Context) error) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(makingLease / 4):
		}
		if errors.Is(hold(ctx), errMadeElsewhere) {
			stop()
		}
	}
}

// hold keeps the release for another while and writes down what is known of it.
func (p *releaseProgress) hold(ctx context.Context, set string, args ...any) error {
	return p.db.maintain(ctx, func(t *tx) error {
		n, err := t.exec(ctx, "UPDATE statistics_run SET until_at = $1, "+set+" WHERE tenant_id = $2 AND kind = $3 AND owner = $4",
			append([]any{t.now.Add(makingLease).UnixMicro(), p.tenant, string(p.kind), p.owner}, args...)...)
		if err == nil && n == 0 {
			err = errMadeElsewhere
		}
		return err
	})
}

// releaseProgress says from time to time how far a release is, and that who makes it is alive.
type releaseProgress struct {
	db     *DB
	tenant policy.ID
	kind   policy.Kind
	owner  string
	epoch  int64
	from   policy.ID // the ids of the kind
	to     policy.ID
	of     int // populations
	said   time.Time
}

// at notes that a population was looked at up to a record.
func (p *releaseProgress) at(ctx context.Context, population int, id policy.ID) error {
	now := p.db.Now()
	if now.Sub(p.said) < makingSays {
		return nil
	}
	p.said = now
	percent := 100 * population / p.of
	if p.to > p.from {
		percent += int(100*(id-p.from)/(p.to-p.from)) / p.of
	}
	return p.hold(ctx, "percent = $5", min(percent, 99))
}

// idSpan gives the first and the last id of a kind.
func (t *rtx) idSpan(ctx context.Context, tenant policy.ID, kind *records.Kind) (from, to policy.ID, err error) {
	err = t.row(ctx, "SELECT coalesce(min(id), 0), coalesce(max(id), 0) FROM "+kind.Table+" WHERE tenant_id = $1", tenant).Scan(&from, &to)
	return from, to, err
}

// MakeStatistics makes a release that was asked for, and once a day those of the kinds that were asked of
// lately. It reports whether there is more to do. Only the job statistics may.
func (s *System) MakeStatistics(ctx context.Context) (more bool, err error) {
	if err := s.may(JobStatistics); err != nil {
		return false, err
	}
	t := s.db.single()
	var due bool
	lately := t.now.Add(-makingLately).UnixMicro()
	const yesterdays = "tenant_id = $1 AND status IN ('done', 'failed') AND day < $2 AND asked_at >= $3"
	if err := t.row(ctx, "SELECT EXISTS (SELECT 1 FROM statistics_run WHERE "+yesterdays+")", s.actor.Tenant, statisticsDay(t.now), lately).Scan(&due); err != nil {
		return false, s.db.fault(err)
	}
	if due {
		err := s.db.maintain(ctx, func(t *tx) error {
			_, err := t.exec(ctx, "UPDATE statistics_run SET day = $2, status = 'queued', code = NULL, percent = 0, asked_by = NULL, attempts = 0 WHERE "+yesterdays, s.actor.Tenant, statisticsDay(t.now), lately)
			return err
		})
		if err != nil {
			return false, err
		}
	}
	var kind policy.Kind
	err = t.row(ctx, "SELECT kind FROM statistics_run WHERE tenant_id = $1 AND status IN ('queued', 'running') AND (until_at IS NULL OR until_at < $2) ORDER BY kind LIMIT 1",
		s.actor.Tenant, t.nowMicros()).Scan(&kind)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, s.db.fault(err)
	}
	owner, mine := rand.Text(), false
	err = s.db.maintain(ctx, func(t *tx) (err error) {
		mine, err = t.claimRelease(ctx, s.actor, kind, owner)
		return err
	})
	if err != nil || !mine {
		return err == nil, err
	}
	err = s.db.makeRelease(ctx, s.actor, kind, owner)
	if errors.Is(err, errMadeElsewhere) {
		return true, nil
	}
	if err != nil {
		return false, errors.Join(err, s.db.leaveRelease(ctx, s.actor, kind, owner, err))
	}
	return true, nil
}
