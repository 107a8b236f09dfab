package httpapi

import (
	"net/http"

	"guan/store"
)

// rollback is the body that puts an earlier version in force again.
type rollback struct {
	Note  string `json:"note"`
	Alone bool   `json:"alone,omitempty"` // sensitive, and nobody could confirm it
}

var versionParams = []param{
	{name: "cursor", desc: "The next of the page before.", typ: "integer"},
	{name: "limit", desc: "How many; 50 when absent.", typ: "integer"},
}

var diffParams = []param{{name: "with", desc: "The version to compare with; the one before when absent.", typ: "integer"}}

// versionRoutes are of the policies that were in force.
func (a *api) versionRoutes() []route {
	return []route{
		get(v1+"/policy/versions", either, a.policyVersions, "policyVersions", "The versions of the policy, the newest first").asks(versionParams...).gives(200, store.PolicyVersions{}),
		get(v1+"/policy/versions/{number}", either, a.policyVersion, "policyVersion", "A version with its document").gives(200, store.PolicyVersion{}),
		get(v1+"/policy/versions/{number}/diff", either, a.policyDiff, "policyDiff", "By what a version differs from another").asks(diffParams...).gives(200, store.PolicyDiff{}),
		post(v1+"/policy/versions/{number}/rollback", person, a.rollbackPolicy, "rollbackPolicy", "Put a version in force again, or let that wait for a second person").takes(smallBody, rollback{}).gives(200, store.Enacted{}),
	}
}

func (a *api) policyVersions(c *call) error {
	q := c.query()
	before, limit := q.number("cursor", 1, 1<<40, 0), q.number("limit", 1, 200, 50)
	if err := q.err(); err != nil {
		return err
	}
	found, err := c.session().PolicyVersions(c.ctx(), int64(before), limit)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

// pathNumber reads the number of a version, which counts from 1 as ids do.
func (c *call) pathNumber() (int64, error) {
	number, err := c.pathID("number")
	return int64(number), err
}

func (a *api) policyVersion(c *call) error {
	number, err := c.pathNumber()
	if err != nil {
		return err
	}
	found, err := c.session().PolicyVersion(c.ctx(), number)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) policyDiff(c *call) error {
	number, err := c.pathNumber()
	if err != nil {
		return err
	}
	q := c.query()
	with := q.number("with", 1, 1<<40, 0)
	if err := q.err(); err != nil {
		return err
	}
	found, err := c.session().PolicyDiff(c.ctx(), int64(with), number)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) rollbackPolicy(c *call) error {
	number, err := c.pathNumber()
	if err != nil {
		return err
	}
	in, err := readBody[rollback](c)
	if err != nil {
		return err
	}
	found, err := c.session().Rollback(c.ctx(), number, in.Note, in.Alone)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}
