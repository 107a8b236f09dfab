package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// FirstRun is how somebody who holds the code of an empty installation sets a company up: at the
// end there is an administrator, signed in.
type FirstRun struct {
	Code  string
	Name  string // of the company, and of the unit at the root
	Admin FirstAdmin
	Trade string // of access.Trades; what it brings is put in place
	Units []FirstUnit
	// Positions are those to make, with the packs that hang on them; none: those of the trade.
	Positions []access.TradePosition
	Sample    bool   // also a few customers to look at
	Lang      string // in which names of the trade are written
}

// FirstAdmin is the first person. Whoever sees all is the boss as well; otherwise they hold every
// right of administration and see no business.
type FirstAdmin struct {
	Name, Login, Password string
	SeesAll               bool
}

// FirstUnit is a unit below the company, named by its path without the company's name.
type FirstUnit struct {
	Path string
	Type string
}

const (
	setupFor      = 7 * 24 * time.Hour // how long a code is good
	firstUnits    = 2_000
	firstPosition = 200
)

var (
	noSetup   = fault.New(fault.NotFound, "setup", "there is nothing to set up")
	wrongCode = fault.New(fault.Denied, "setup_code", "the code of the setup is wrong or too old: start guan again for a new one")
)

// NeedsSetup reports whether a tenant was never set up and has nobody in it.
func (db *DB) NeedsSetup(ctx context.Context, tenant policy.ID) (bool, error) {
	needed, err := db.single().needsSetup(ctx, tenant)
	return needed, db.fault(err)
}

func (t *rtx) needsSetup(ctx context.Context, tenant policy.ID) (bool, error) {
	var n int
	err := t.row(ctx, `SELECT (SELECT count(*) FROM setup_done WHERE tenant_id = $1) +
		(SELECT count(*) FROM (SELECT 1 FROM person WHERE tenant_id = $1 LIMIT 1) p)`, tenant).Scan(&n)
	return n == 0, err
}

// SetupCode makes another code with which an empty installation can be set up; empty when there is
// nothing to set up. The database keeps its hash alone. Only the job setup may.
func (s *System) SetupCode(ctx context.Context) (string, error) {
	if err := s.may(JobSetup); err != nil {
		return "", err
	}
	code := ""
	err := s.db.maintain(ctx, func(t *tx) error {
		needed, err := t.needsSetup(ctx, s.actor.Tenant)
		if err != nil || !needed {
			code = ""
			return err
		}
		code = strings.ToLower(rand.Text())
		if _, err := t.exec(ctx, "DELETE FROM setup_code WHERE tenant_id = $1 AND until_at <= $2", s.actor.Tenant, t.nowMicros()); err != nil {
			return err
		}
		_, err = t.exec(ctx, "INSERT INTO setup_code (tenant_id, hash, until_at) VALUES ($1, $2, $3)", s.actor.Tenant, codeHash(code), t.now.Add(setupFor).UnixMicro())
		return err
	})
	return code, err
}

func codeHash(code string) string {
	sum := sha256.Sum256([]byte(code))
	return hex.EncodeToString(sum[:])
}

// KnowsSetupCode reports whether a code opens the setup. Faults: NotFound when there is nothing to
// set up, Denied (setup_code).
func (db *DB) KnowsSetupCode(ctx context.Context, tenant policy.ID, code string) error {
	return db.read(ctx, func(t *rtx) error { return t.checkSetupCode(ctx, tenant, code) })
}

func (t *rtx) checkSetupCode(ctx context.Context, tenant policy.ID, code string) error {
	needed, err := t.needsSetup(ctx, tenant)
	if err != nil {
		return err
	}
	if !needed {
		return noSetup
	}
	right, given := 0, []byte(codeHash(strings.TrimSpace(code)))
	err = t.each(ctx, func(rows *sql.Rows) error {
		var hash string
		err := rows.Scan(&hash)
		right |= subtle.ConstantTimeCompare([]byte(hash), given)
		return err
	}, "SELECT hash FROM setup_code WHERE tenant_id = $1 AND until_at > $2", tenant, t.nowMicros())
	if err == nil && right != 1 {
		err = wrongCode
	}
	return err
}

// SetUp puts a company into an empty installation, in one transaction, and signs its first
// administrator in. It works once. Faults: NotFound when there is nothing to set up, Denied
// (setup_code), Invalid with everything that is wrong.
func (db *DB) SetUp(ctx context.Context, tenant policy.ID, f FirstRun, from Client) (secretText string, actor Actor, err error) {
	if err := db.KnowsSetupCode(ctx, tenant, f.Code); err != nil {
		return "", Actor{}, err
	}
	trade, err := f.check()
	if err != nil {
		return "", Actor{}, err
	}
	hash, err := db.hashes.hash(ctx, f.Admin.Password)
	if err != nil {
		return "", Actor{}, err
	}
	setup := from.actor(tenant, 0, string(JobSetup))
	setup.job = JobSetup
	err = db.write(ctx, setup, op{name: "setup", raises: true}, func(t *tx) error {
		// Asked again: of two who come at once, the second waited for the first.
		if err := t.checkSetupCode(ctx, tenant, f.Code); err != nil {
			return err
		}
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		admin, err := t.setUp(ctx, v, f, trade, hash)
		if err != nil {
			return err
		}
		id, err := t.newID(ctx)
		if err != nil {
			return err
		}
		s := newSecret(sessionSecret, tenant)
		if err := t.insertSession(ctx, id, s, admin, from); err != nil {
			return err
		}
		secretText, actor = s.text, from.actor(tenant, admin, f.Admin.Name)
		actor.Session = id
		return t.audit(ctx, audit.Entry{Action: audit.SignIn, Actor: admin, Detail: map[string]any{"session": id.String()}})
	})
	if err != nil {
		return "", Actor{}, err
	}
	return secretText, actor, nil
}

// check says what is wrong before anything is hashed or written.
func (f *FirstRun) check() (access.Trade, error) {
	var errs []error
	at := func(place string, err error) {
		if err != nil {
			errs = append(errs, fault.From(err).WithAt(place))
		}
	}
	trade, known := access.FindTrade(f.Trade)
	if !known {
		at("trade", fault.New(fault.Invalid, "trade", "there is no such trade"))
	}
	f.Name, f.Admin.Name = strings.TrimSpace(f.Name), strings.TrimSpace(f.Admin.Name)
	if f.Name == "" {
		at("company.name", fault.New(fault.Invalid, "required", "is required"))
	} else if strings.Contains(f.Name, org.Separator) {
		at("company.name", fault.New(fault.Invalid, "unit_name", "the name of a unit contains a slash, which separates the names of a path"))
	}
	if f.Admin.Name == "" {
		at("admin.name", fault.New(fault.Invalid, "required", "is required"))
	}
	login, err := records.NormalLogin(f.Admin.Login)
	at("admin.login", err)
	if err == nil && login == "" {
		at("admin.login", fault.New(fault.Invalid, "required", "is required"))
	}
	f.Admin.Login = login
	at("admin.password", checkPassword(f.Admin.Password, login))
	if len(f.Units) > firstUnits {
		at("units", fault.Newf(fault.Invalid, "too_many", "at most %d units are made at once", firstUnits).With("max", firstUnits))
	}
	if len(f.Positions) == 0 {
		f.Positions = trade.Positions
	}
	if len(f.Positions) > firstPosition {
		at("positions", fault.Newf(fault.Invalid, "too_many", "at most %d positions are made at once", firstPosition).With("max", firstPosition))
	}
	return trade, fault.Collect(fault.Invalid, "setup", "the setup is not complete", errs...)
}

// setUp writes everything and returns the administrator.
func (t *tx) setUp(ctx context.Context, v *view, f FirstRun, trade access.Trade, hash string) (policy.ID, error) {
	ids, err := t.newIDs(ctx, len(f.Units)+5)
	if err != nil {
		return 0, err
	}
	root, admin, pool := ids[0], ids[1], ids[2]
	// A trade's fields first: rules may speak of them, and the samples have them.
	for _, field := range trade.Fields {
		if err := t.putCustomField(ctx, v, 0, field); err != nil {
			return 0, err
		}
		if v, err = t.again(ctx, v); err != nil {
			return 0, err
		}
	}
	c := Company{Name: f.Name, Pools: []access.Pool{{ID: pool, Name: trade.Pool.In(f.Lang), Open: policy.Who{Any: []policy.Clause{{Unit: root, Below: true}}}}}}
	if c.Units, err = firstTree(f, root, ids[5:]); err != nil {
		return 0, err
	}
	there := map[string]bool{}
	for i, p := range f.Positions {
		if there[p.Code] {
			return 0, fault.New(fault.Invalid, "position_taken", "there is a position of this code").WithAt(fmt.Sprintf("positions[%d].code", i))
		}
		there[p.Code] = true
		c.Positions = append(c.Positions, org.Position{Code: p.Code, Label: p.Label})
	}
	for _, p := range []access.TradePosition{trade.Positions[0], trade.Positions[1]} { // the boss and the administrator
		if !there[p.Code] {
			f.Positions = append(f.Positions, p)
			there[p.Code] = true
			c.Positions = append(c.Positions, org.Position{Code: p.Code, Label: p.Label})
		}
	}
	c.People = []NewPerson{{ID: admin, Fields: map[string]policy.Value{
		"name": policy.TextOf(f.Admin.Name), "login": policy.TextOf(f.Admin.Login), "unit": policy.RefOf(root)}}}
	c.Appointments = []org.Appointment{{ID: ids[3], Person: admin, Unit: root, Position: access.AdministratorPosition, From: t.now}}
	if c.Assignments, err = t.firstPacks(ctx, f.Positions); err != nil {
		return 0, err
	}
	c.Rules = trade.Rules(func(code string) bool { return there[code] }, f.Lang)
	if f.Admin.SeesAll {
		c.Units[0].Heads = []policy.ID{admin}
		c.Appointments = append(c.Appointments, org.Appointment{ID: ids[4], Person: admin, Unit: root, Position: access.BossPosition, From: t.now})
	} else {
		// Nobody gives a right that they do not have: without this one nobody could ever be given it.
		label := org.Label{ZH: "首任管理员可授予审计权限", EN: "The first administrator may give the right to audit"}
		c.Rules = append(c.Rules, policy.Rule{ID: "first_administrator", Effect: policy.Permit, Who: policy.Who{Any: []policy.Clause{{Person: admin}}},
			Kind: records.System, Actions: []policy.Action{"audit"}, Where: policy.Path{Path: policy.PathAll}, Scene: label.In(f.Lang), Origin: policy.Origin{Name: label.In(f.Lang)}})
	}
	if err := t.putCompany(ctx, v, c, nil); err != nil {
		return 0, err
	}
	if err := t.setPassword(ctx, admin, hash); err != nil {
		return 0, err
	}
	if f.Sample {
		if v, err = t.again(ctx, v); err != nil {
			return 0, err
		}
		if err := t.firstSamples(ctx, v, trade, f.Lang, admin); err != nil {
			return 0, err
		}
	}
	if _, err := t.exec(ctx, "DELETE FROM setup_code WHERE tenant_id = $1", t.actor.Tenant); err != nil {
		return 0, err
	}
	if _, err := t.exec(ctx, "INSERT INTO setup_done (tenant_id, done_at) VALUES ($1, $2)", t.actor.Tenant, t.nowMicros()); err != nil {
		return 0, err
	}
	detail := c.detail()
	detail["trade"], detail["sample"] = trade.ID, f.Sample
	return admin, t.audit(ctx, audit.Entry{Action: audit.Setup, Detail: detail})
}

// firstPacks hangs the packs on their positions, and the one of everybody on everybody.
func (t *tx) firstPacks(ctx context.Context, positions []access.TradePosition) ([]access.Assignment, error) {
	list := []access.Assignment{{Pack: "staff", Who: policy.Clause{Everyone: true}}}
	for _, p := range positions {
		for _, pack := range p.Packs {
			list = append(list, access.Assignment{Pack: pack, Who: policy.Clause{Position: p.Code}})
		}
	}
	ids, err := t.newIDs(ctx, len(list))
	for i := range ids {
		list[i].ID = ids[i]
	}
	return list, err
}

// firstTree makes the units below the company from their paths, whichever comes first.
func firstTree(f FirstRun, root policy.ID, ids []policy.ID) ([]org.Unit, error) {
	units := []org.Unit{{ID: root, Name: f.Name, Type: "company"}}
	at := map[string]policy.ID{"": root}
	for i, u := range f.Units {
		path := strings.Split(u.Path, org.Separator)
		for j := range path {
			path[j] = strings.TrimSpace(path[j])
		}
		f.Units[i].Path = strings.Join(path, org.Separator)
		if at[f.Units[i].Path] != 0 {
			return nil, fault.New(fault.Invalid, "unit_sibling", "another unit of the same name stands below the same unit").WithAt(fmt.Sprintf("units[%d]", i))
		}
		at[f.Units[i].Path] = ids[i]
	}
	for i, u := range f.Units {
		above, name := "", u.Path
		if j := strings.LastIndex(u.Path, org.Separator); j >= 0 {
			above, name = u.Path[:j], u.Path[j+1:]
		}
		parent, ok := at[above]
		if !ok || u.Path == "" {
			return nil, fault.New(fault.Invalid, "unit_parent", "the unit above it does not exist").WithAt(fmt.Sprintf("units[%d]", i))
		}
		units = append(units, org.Unit{ID: ids[i], Parent: parent, Name: name, Type: u.Type})
	}
	_, err := org.NewTree(units)
	return units, err
}

// firstSamples makes a few records of the administrator's, as the trade proposes them.
func (t *tx) firstSamples(ctx context.Context, v *view, trade access.Trade, lang string, owner policy.ID) error {
	make := func(kind policy.Kind, fields map[string]any) (policy.ID, error) {
		raw := Fields{}
		for name, value := range fields {
			text, err := json.Marshal(value)
			if err != nil {
				return 0, err
			}
			raw[name] = text
		}
		described := v.catalog.Kind(kind)
		values, err := described.Parse(raw)
		if err != nil {
			return 0, err
		}
		values["owner"] = policy.RefOf(owner)
		return t.create(ctx, v, described, values)
	}
	for i, s := range trade.Samples(lang) {
		customer, err := make("customer", s.Customer)
		if err != nil {
			return err
		}
		s.Opportunity["customer"] = customer.String()
		s.Opportunity["expected_on"] = t.now.AddDate(0, 0, 20+10*i).Format(time.DateOnly)
		if _, err := make("opportunity", s.Opportunity); err != nil {
			return err
		}
		task := map[string]any{"subject": s.Task, "customer": customer.String(), "due_at": t.now.AddDate(0, 0, i+1).Format(time.RFC3339)}
		if _, err := make("task", task); err != nil {
			return err
		}
	}
	return nil
}
