package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"time"
	"unicode"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
	"guan/signin"
)

// Watermark is what lies over the pages of somebody's session, on paper or on the screen too: who looks, and a
// code that leads whoever may audit to the person and the session. The code is drawn by chance, so that it tells nothing of either.
type Watermark struct {
	Name string    `json:"name"`
	Tail string    `json:"tail"` // of their telephone number, else of their login
	Code string    `json:"code"`
	At   time.Time `json:"at"` // now, as the server has it: the mark must not tell the time of a clock that is wrong
	// Screen: it lies over the pages on the screen. What is printed always has it.
	Screen bool `json:"screen"`
}

const tailOf = 4

// watermark is the mark of the session that asks; nil for a token, which has no screen. The code comes into
// being when it is first shown, and that it did is in the log: what a code stands for can be read there too.
func (s *Session) watermark(ctx context.Context) (*Watermark, error) {
	a := s.actor
	a.as = 0 // who looks as somebody else looks all the same
	if a.Session == 0 {
		return nil, nil
	}
	mark := &Watermark{Name: a.Name, At: s.db.Now().UTC()}
	var login string
	var phone, code sql.NullString
	read := func() error {
		return s.db.single().row(ctx, `SELECT p.login, p.phone, w.code FROM person p LEFT JOIN watermark w ON w.tenant_id = p.tenant_id AND w.session_id = $3
			WHERE p.tenant_id = $1 AND p.id = $2`, a.Tenant, a.Person, a.Session).Scan(&login, &phone, &code)
	}
	err := read()
	if err == nil && !code.Valid {
		err = s.db.write(ctx, a, op{name: "watermark"}, func(t *tx) error { return t.newWatermark(ctx) })
		if err == nil || errors.Is(err, watermarkSettled) {
			err = read()
		}
	}
	if err != nil {
		return nil, s.db.fault(err)
	}
	if !code.Valid {
		return nil, notSignedIn // the session ended meanwhile
	}
	mark.Code = code.String
	if mark.Tail = tail(phone.String, unicode.IsDigit); mark.Tail == "" {
		mark.Tail = tail(login, func(rune) bool { return true })
	}
	return mark, nil
}

// tail is the end of what counts in a text; empty where there is too little of it.
func tail(text string, counts func(rune) bool) string {
	var kept []rune
	for _, r := range text {
		if counts(r) {
			kept = append(kept, r)
		}
	}
	if len(kept) < tailOf {
		return ""
	}
	return string(kept[len(kept)-tailOf:])
}

// watermarkSettled says that there is no code to draw: there is one, or no session any more.
var watermarkSettled = errors.New("the session has its code, or is over")

// newWatermark draws a code for the session of the actor, if it has none.
func (t *tx) newWatermark(ctx context.Context) error {
	for {
		var chance [signin.WatermarkBytes]byte
		if _, err := rand.Read(chance[:]); err != nil {
			return err
		}
		code := signin.WatermarkCode(chance)
		n, err := t.exec(ctx, `INSERT INTO watermark (tenant_id, code, session_id, person_id, device_id, device, network, address, began_at)
			SELECT tenant_id, $3, id, person_id, device_id, device, $4, address, created_at FROM session WHERE tenant_id = $1 AND id = $2
			ON CONFLICT DO NOTHING`, t.actor.Tenant, t.actor.Session, code, audit.Clean(t.actor.Network))
		if err != nil {
			return err
		}
		if n == 1 {
			return t.audit(ctx, audit.Entry{Action: audit.WatermarkShown, Kind: records.RefPerson, Record: t.actor.Person, Detail: map[string]any{"code": code}})
		}
		// Another request was first, the session is over, or somebody else's session has this code.
		var settled bool
		err = t.row(ctx, `SELECT EXISTS (SELECT 1 FROM watermark WHERE tenant_id = $1 AND session_id = $2) OR NOT EXISTS (SELECT 1 FROM session WHERE tenant_id = $1 AND id = $2)`,
			t.actor.Tenant, t.actor.Session).Scan(&settled)
		if err != nil {
			return err
		}
		if settled {
			return watermarkSettled
		}
	}
}

// dropSessions ends sessions that a condition names; its arguments begin at $2, and $1 is the tenant. When
// they ended stays with their codes.
func (t *tx) dropSessions(ctx context.Context, tenant policy.ID, where string, args ...any) (int64, error) {
	all := append([]any{tenant}, args...)
	all = append(all, t.nowMicros())
	now := "$" + itoa(len(all))
	_, err := t.exec(ctx, `UPDATE watermark SET ended_at = (SELECT `+t.pick("min", "least")+`(session.until_at, session.idle_until, `+now+`) FROM session WHERE session.tenant_id = watermark.tenant_id AND session.id = watermark.session_id)
		WHERE tenant_id = $1 AND session_id IN (SELECT id FROM session WHERE tenant_id = $1 AND (`+where+`))`, all...)
	if err != nil {
		return 0, err
	}
	return t.exec(ctx, "DELETE FROM session WHERE tenant_id = $1 AND ("+where+")", all[:len(all)-1]...)
}

// WatermarkTrace is the session that a code stands for.
type WatermarkTrace struct {
	Code    string     `json:"code"`
	Person  Name       `json:"person"`
	Device  string     `json:"device"`          // desktop, phone, unknown
	Label   string     `json:"label,omitempty"` // as its person calls it, or as it calls itself
	Network string     `json:"network"`
	Address string     `json:"address"`
	BeganAt time.Time  `json:"began_at"`
	EndedAt *time.Time `json:"ended_at,omitempty"` // none: it is open
}

// freeByWatermark is how many codes that lead nowhere cost nothing.
const freeByWatermark = 20

var noWatermark = fault.New(fault.NotFound, "watermark_none", "there is no such code").WithAt("code")

// TraceWatermark leads from a code, as somebody read it off a photograph, to the session on whose pages it
// was; where it has a slip, to all those that it can have been. Sessions that ended are found as well. That
// it was asked, and what was answered, is recorded. It takes the right audit. Faults: Denied, Invalid,
// NotFound (watermark_none), Locked after many codes that lead nowhere.
func (s *Session) TraceWatermark(ctx context.Context, typed string) ([]WatermarkTrace, error) {
	var found []WatermarkTrace
	err := s.db.administer(ctx, s.actor, op{name: "watermark_trace"}, "audit", func(t *tx, v *view) error {
		codes, err := signin.WatermarkCodes(typed)
		if err != nil {
			return err
		}
		keys := []lockKey{{"watermark:" + s.actor.Person.String(), freeByWatermark}}
		if err := t.countAttempt(ctx, v.tenant, keys); err != nil {
			return err
		}
		if found, err = t.watermarks(ctx, v.tenant, codes); err != nil {
			return err
		}
		entry := audit.Entry{Action: audit.WatermarkTraced, Kind: records.RefPerson, Detail: map[string]any{"typed": audit.Clean(typed), "sessions": len(found)}}
		for _, one := range found {
			entry.Records = append(entry.Records, one.Person.ID)
		}
		if len(found) > 0 {
			if err := t.forgiveAttempt(ctx, v.tenant, keys); err != nil {
				return err
			}
		}
		return t.audit(ctx, entry)
	})
	if err == nil && len(found) == 0 {
		err = noWatermark // what was asked is on record, and counted
	}
	return found, err
}

// watermarks reads codes, each with the session behind it. A session stands in its table until somebody
// ends it or it is swept out; until then it may be over by its own bounds, or by those of the account.
func (t *rtx) watermarks(ctx context.Context, tenant policy.ID, codes []string) ([]WatermarkTrace, error) {
	text, err := jsonText(codes)
	if err != nil {
		return nil, err
	}
	var found []WatermarkTrace
	err = t.each(ctx, func(rows *sql.Rows) error {
		var one WatermarkTrace
		var began int64
		var label, family sql.NullString
		var ended *int64
		var bounds [5]*int64
		if err := rows.Scan(&one.Code, &one.Person.ID, &one.Person.Name, &one.Person.Login, &one.Device, &label, &family, &one.Network, &one.Address, &began, &ended,
			&bounds[0], &bounds[1], &bounds[2], &bounds[3], &bounds[4]); err != nil {
			return err
		}
		if one.Label = label.String; one.Label == "" {
			one.Label = family.String
		}
		one.BeganAt = time.UnixMicro(began).UTC()
		for _, bound := range bounds {
			if bound != nil && *bound <= t.nowMicros() && (ended == nil || *bound < *ended) {
				ended = bound
			}
		}
		one.EndedAt = instant(ended)
		found = append(found, one)
		return nil
	}, `SELECT w.code, p.id, p.name, p.login, w.device, d.label, d.family, w.network, w.address, w.began_at, w.ended_at,
			s.until_at, s.idle_until, CASE WHEN s.id IS NOT NULL THEN c.until_at END, CASE WHEN s.id IS NOT NULL THEN c.disabled_at END, CASE WHEN s.id IS NOT NULL THEN c.frozen_at END
		FROM watermark w
		JOIN person p ON p.tenant_id = w.tenant_id AND p.id = w.person_id
		LEFT JOIN device d ON d.tenant_id = w.tenant_id AND d.id = w.device_id
		LEFT JOIN session s ON s.tenant_id = w.tenant_id AND s.id = w.session_id
		LEFT JOIN credential c ON c.tenant_id = w.tenant_id AND c.person_id = w.person_id
		WHERE w.tenant_id = $1 AND w.code IN `+t.pick("(SELECT value FROM json_each($2))", "(SELECT json_array_elements_text($2::json))")+`
		ORDER BY w.began_at DESC, w.code`, tenant, text)
	return found, err
}

// WatermarkSettings say over whose pages the mark lies: everybody's, or only of those for whom a rule has
// it as its duty.
type WatermarkSettings struct {
	Version  int64 `json:"version"` // 0: nobody said anything, and it lies over everybody's
	Everyone bool  `json:"everyone"`
}

// WatermarkSettings tells over whose pages the mark lies. It takes the right policy or audit.
func (s *Session) WatermarkSettings(ctx context.Context) (*WatermarkSettings, error) {
	var out *WatermarkSettings
	err := s.oversee(ctx, "watermark_settings", func(t *rtx, v *view) (err error) {
		out, err = t.watermarkSettings(ctx, v.tenant)
		return err
	}, "policy", "audit")
	return out, err
}

// SetWatermarkSettings says it anew, for the whole company: there is no way to take the mark off one's own
// pages alone. It takes the right policy and a session and, of who has one, the second factor. Faults:
// Denied, Stale.
func (s *Session) SetWatermarkSettings(ctx context.Context, version int64, everyone bool) (*WatermarkSettings, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	err := s.db.administer(ctx, s.actor, op{name: "watermark_settings"}, "policy", func(t *tx, v *view) error {
		if err := t.stepUp(ctx); err != nil {
			return err
		}
		before, err := t.watermarkSettings(ctx, v.tenant)
		if err != nil {
			return err
		}
		if before.Version != version {
			return staleVersion
		}
		n, err := t.exec(ctx, `INSERT INTO watermark_settings (tenant_id, everyone) VALUES ($1, $2)
			ON CONFLICT (tenant_id) DO UPDATE SET everyone = excluded.everyone, version = watermark_settings.version + 1 WHERE watermark_settings.version = $3`, v.tenant, everyone, version)
		if err != nil {
			return err
		}
		if n == 0 {
			return staleVersion
		}
		return t.audit(ctx, audit.Entry{Action: audit.PolicyChanged, Kind: records.System, Detail: map[string]any{"watermark": true, "before": before.Everyone, "after": everyone}})
	})
	if err != nil {
		return nil, s.declined(ctx, "watermark_settings", err)
	}
	return &WatermarkSettings{version + 1, everyone}, nil
}

func (t *rtx) watermarkSettings(ctx context.Context, tenant policy.ID) (*WatermarkSettings, error) {
	out := &WatermarkSettings{}
	err := t.row(ctx, "SELECT version, everyone FROM watermark_settings WHERE tenant_id = $1", tenant).Scan(&out.Version, &out.Everyone)
	if errors.Is(err, sql.ErrNoRows) {
		return &WatermarkSettings{Everyone: true}, nil
	}
	return out, err
}
