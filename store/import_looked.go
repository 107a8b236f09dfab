package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"guan/audit"
	"guan/fault"
	"guan/mark"
	"guan/policy"
)

// An import asks of each new row what LookedAfter says, for who has the right duplicates, and of no more
// rows than LookedAfter would answer to them: a table of guessed names is a series of guesses. The rows
// raise questions; the attempt that meets one without an answer is undone, the questions are asked in a
// transaction of their own, and the attempt begins anew. So what is undone gives no question back, and
// a try and its run ask once: an answer stays for as long as its question counts.

// errAsk undoes an attempt whose rows raise questions without answers.
var errAsk = errors.New("store: questions first")

var lookedAlready = fault.New(fault.Conflict, "looked_after", "somebody looks after this already")

// answer is what a question found.
type answer struct {
	id    policy.ID
	found []policy.ID
}

// answers are those of the last day to one person.
type answers struct {
	key  mark.Key
	list map[int64]answer
}

// answers reads what the actor was answered. What was asked is kept as a keyed number, as the marks of
// exported copies keep values, so that the table does not hold what others' records may hold sealed.
func (t *tx) answers(ctx context.Context) (*answers, error) {
	key, err := t.markKey(ctx, t.actor.Tenant)
	if err != nil {
		return nil, err
	}
	a := &answers{key: key, list: map[int64]answer{}}
	return a, t.each(ctx, func(rows *sql.Rows) error {
		var one answer
		var question int64
		var found []byte
		if err := rows.Scan(&one.id, &question, &found); err != nil {
			return err
		}
		err := json.Unmarshal(found, &one.found)
		a.list[question] = one
		return err
	}, "SELECT id, question, found FROM ownership_ask WHERE tenant_id = $1 AND person_id = $2 AND what = 'look' AND at >= $3 AND question IS NOT NULL",
		t.actor.Tenant, t.actor.Person, t.now.Add(-askKept).UnixMicro())
}

// number is the one under which the answer to a question is found again.
func (a *answers) number(kind policy.Kind, likes []like) int64 {
	parts := []string{"looked", string(kind)}
	for _, l := range likes {
		parts = append(parts, l.field.Name, l.key(l.text))
	}
	return a.key.Value(strings.Join(parts, "\x00"))
}

// lookedAfter leaves the rows that nobody looks after yet, or of which that is not known.
func (w *recordWriter) lookedAfter(ctx context.Context, rows []*importRow) ([]*importRow, error) {
	if !w.run.Mapping.Distinct || len(rows) == 0 || w.plan.kind.Owner != "owner" || w.create.None() || !w.v.may("duplicates") {
		return rows, nil
	}
	if w.looked == nil {
		var err error
		if w.looked, err = w.t.answers(ctx); err != nil {
			return nil, err
		}
	}
	var left []*importRow
	for _, r := range rows {
		likes := likesIn(w.plan.kind, r.given)
		if len(likes) == 0 {
			left = append(left, r)
			continue
		}
		a, known := w.looked.list[w.looked.number(w.plan.kind.Name, likes)]
		switch {
		case len(a.found) > 0:
			r.wrong("", lookedAlready) // and not by which value: that is more than yes or no
			w.run.matched = append(w.run.matched, a.id)
			continue
		case known:
		case w.run.spent:
			w.run.tally.Unchecked++
		default:
			w.run.asking = append(w.run.asking, likes)
		}
		left = append(left, r)
	}
	if len(w.run.asking) >= lookedHour { // more could not be answered
		return nil, errAsk
	}
	return left, nil
}

// asked makes an attempt until its rows raise no question that can still be answered.
func (run *importing) asked(ctx context.Context, attempt func() error) error {
	for {
		err := attempt()
		if !errors.Is(err, errAsk) {
			return err
		}
		if err := run.ask(ctx); err != nil {
			return err
		}
	}
}

// ask answers the questions of an attempt in their order, until the actor may ask no more.
func (run *importing) ask(ctx context.Context) error {
	spent := false
	err := run.db.write(ctx, run.actor, op{name: "looked_after"}, func(t *tx) (err error) {
		if spent, err = t.answer(ctx, run.kind, run.asking); err == nil && t.entries == 0 {
			err = errUndo // somebody else has asked it all, or nothing may be asked
		}
		return err
	})
	run.spent = run.spent || spent
	if errors.Is(err, errUndo) {
		return nil
	}
	return err
}

// answer asks what is not answered yet; spent reports that something stayed open.
func (t *tx) answer(ctx context.Context, kind policy.Kind, asking [][]like) (spent bool, err error) {
	v, err := t.view(ctx)
	if err != nil {
		return false, err
	}
	described, err := v.enters(kind)
	if err != nil || !v.may("duplicates") { // any more: the next attempt asks nothing
		return false, err
	}
	had, err := t.answers(ctx)
	if err != nil {
		return false, err
	}
	for _, likes := range asking {
		// Not the number that the attempt had: it may have been undone with the key.
		question := had.number(kind, likes)
		if _, known := had.list[question]; known {
			continue
		}
		id, err := t.countAsk(ctx, "look", lookedLimit, lookedHour, lookedDay)
		if errors.Is(err, lookedLimit) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
		found, err := t.alikeAnywhere(ctx, v, described, likes)
		if err != nil {
			return false, err
		}
		text, err := jsonText(append([]policy.ID{}, found[:min(len(found), askedMost)]...)) // as many as one ask reaches
		if err != nil {
			return false, err
		}
		if _, err := t.exec(ctx, "UPDATE ownership_ask SET question = $1, found = $2 WHERE tenant_id = $3 AND id = $4", question, text, t.actor.Tenant, id); err != nil {
			return false, err
		}
		had.list[question] = answer{id, found}
		if err := t.audit(ctx, audit.Entry{Action: audit.Count, Kind: kind, Detail: map[string]any{"looked_after": namesOf(likes)}}); err != nil {
			return false, err
		}
	}
	return false, nil
}

// LookedRows says how many rows of an import somebody looks after already.
type LookedRows struct {
	Rows int `json:"rows"`
	Open int `json:"open"` // about which the heads can still be asked, by who may
}

// openAnswers are those among the questions of an actor about which nobody has been asked yet, of the
// last day.
const openAnswers = " FROM ownership_ask WHERE tenant_id = $1 AND person_id = $2 AND at >= $3 AND NOT told AND found IS NOT NULL AND id IN "

func (t *rtx) lookedRows(ctx context.Context, a Actor, matched []policy.ID) (*LookedRows, error) {
	out := &LookedRows{Rows: len(matched)}
	err := t.row(ctx, "SELECT count(*)"+openAnswers+t.listed(4), a.Tenant, a.Person, t.now.Add(-askKept).UnixMicro(), idList(matched)).Scan(&out.Open)
	return out, err
}

// AskedHeads says about how many rows heads were asked, and about how many they still can be.
type AskedHeads struct {
	Asked int `json:"asked"`
	Open  int `json:"open"`
}

// AskHeadsOf sends the actor's words to the heads of those who look after rows of an import of theirs, as
// AskHead does. Each row is one ask of the day; what is more than that stays open. Whether there is a
// head to ask is not told. Faults: NotFound, Denied, Invalid, Locked.
func (s *Session) AskHeadsOf(ctx context.Context, work policy.ID, words string) (*AskedHeads, error) {
	words, err := headWords(words)
	if err != nil {
		return nil, err
	}
	w, err := s.Work(ctx, ImportWork, work)
	if err != nil {
		return nil, err
	}
	var out *AskedHeads
	err = s.db.write(ctx, s.actor, op{name: "ask_head"}, func(t *tx) error {
		out = &AskedHeads{}
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		described, err := v.enters(w.Kind)
		if err != nil {
			return err
		}
		var open []answer
		if err := t.each(ctx, func(rows *sql.Rows) error {
			var a answer
			var found []byte
			if err := rows.Scan(&a.id, &found); err != nil {
				return err
			}
			err := json.Unmarshal(found, &a.found)
			open = append(open, a)
			return err
		}, "SELECT id, found"+openAnswers+t.listed(4)+" ORDER BY id", t.actor.Tenant, t.actor.Person, t.now.Add(-askKept).UnixMicro(), idList(w.Matched)); err != nil {
			return err
		}
		if len(open) == 0 {
			return nothingToAsk
		}
		for _, a := range open {
			if _, err := t.countAsk(ctx, "ask", asksLimit, asksDay, asksDay); err != nil {
				if errors.Is(err, asksLimit) && out.Asked > 0 {
					break
				}
				return err
			}
			if err := t.askHeads(ctx, v, described, a.found, words); err != nil {
				return err
			}
			if _, err := t.exec(ctx, "UPDATE ownership_ask SET told = "+t.pick("1", "TRUE")+" WHERE tenant_id = $1 AND id = $2", t.actor.Tenant, a.id); err != nil {
				return err
			}
			out.Asked++
		}
		out.Open = len(open) - out.Asked
		return t.audit(ctx, audit.Entry{Action: audit.Count, Kind: w.Kind, Detail: map[string]any{"asked_heads": work, "rows": out.Asked}})
	})
	if err != nil {
		return nil, s.refused(ctx, w.Kind, 0, policy.Create, err)
	}
	return out, nil
}

var nothingToAsk = said(fault.Conflict, "nothing_to_ask", "没有还可以请求协调的行", "there is no row about which a head can still be asked")
