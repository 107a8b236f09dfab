package httpapi

import (
	"net/http"

	"guan/access"
	"guan/policy"
	"guan/store"
)

// poolRoutes are of records that lie in pools, and of how pools are worked with.
func (a *api) poolRoutes() []route {
	const record, pool = v1 + "/records/{kind}/{id}", v1 + "/org/pools/{id}"
	return []route{
		post(record+"/claim", either, a.claim, "claim", "Become the owner of a record that lies in a pool").gives(200, store.Item{}),
		post(record+"/release", either, a.release, "release", "Put a record into a pool").takes(smallBody, releasing{}).gives(200, store.Item{}),
		post(record+"/assign", either, a.assign, "assign", "Give a record, also one in a pool, an owner").takes(smallBody, assigning{}).gives(200, store.Item{}),
		post(v1+"/records/{kind}/pool", either, a.poolMany, "poolMany", "Claim, assign or release many records, and tell of each what became of it").
			takes(batchBody, pooling{}).gives(200, store.PooledMany{}).within(transfer),
		get(v1+"/pools", either, a.myPools, "myPools", "The pools of which I may claim or assign records, and what is left of their limits").gives(200, items[store.PoolStanding]{}),
		get(pool, either, a.poolStanding, "poolStanding", "The limits of a pool, and how much of them I have used up").gives(200, store.PoolStanding{}),
		put(pool+"/settings", either, a.setPool, "setPool", "Say how a pool is worked with").onMatch().takes(recordBody, access.PoolSettings{}).gives(200, store.PoolStanding{}),
		get(pool+"/recycling", either, a.poolRun, "poolRun", "How far the last recycling into a pool is").gives(200, store.PoolRun{}),
		post(pool+"/recycling", either, a.recyclePool, "recyclePool", "Recycle into a pool now, in the background").gives(202, store.PoolRun{}),
		get(pool+"/recyclings", either, a.poolRuns, "poolRuns", "The recyclings into a pool, the newest first").gives(200, items[store.PoolRun]{}),
		remove(pool+"/recycling", either, a.cancelPoolRun, "cancelPoolRun", "End the recycling into a pool; what came back stays"),
	}
}

// releasing names the pool; without one it is that from which the record came, or the first that is
// open and takes it.
type releasing struct {
	Pool   policy.ID `json:"pool,omitempty"`
	Reason string    `json:"reason,omitempty"` // up to 200 characters
}

type assigning struct {
	Person policy.ID `json:"person"`
}

// pooling chooses up to 500 records by ids, in the order in which they are wanted, or the first that a list
// would show, and says what is done with them: claim, assign or release.
type pooling struct {
	Action policy.Action    `json:"action"`
	IDs    []policy.ID      `json:"ids,omitempty"`
	Match  *store.PoolMatch `json:"match,omitempty"`
	Person policy.ID        `json:"person,omitempty"` // whom they are assigned to
	Pool   policy.ID        `json:"pool,omitempty"`   // they are released into
	Reason string           `json:"reason,omitempty"` // of a release
}

func (a *api) poolMany(c *call) error {
	in, err := readBody[pooling](c)
	if err != nil {
		return err
	}
	out, err := c.session().PoolMany(c.ctx(), c.kind(), store.PoolMany{Action: in.Action, IDs: in.IDs, Match: in.Match, Person: in.Person, Into: in.Pool, Reason: in.Reason})
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, out)
}

func (a *api) claim(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	return c.item(c.session().Claim(c.ctx(), c.kind(), id))
}

func (a *api) release(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[releasing](c)
	if err != nil {
		return err
	}
	return c.item(c.session().Release(c.ctx(), c.kind(), id, in.Pool, in.Reason))
}

func (a *api) assign(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[assigning](c)
	if err != nil {
		return err
	}
	return c.item(c.session().Assign(c.ctx(), c.kind(), id, in.Person))
}

// item answers with a record in its version.
func (c *call) item(it *store.Item, err error) error {
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, it.Version, it)
}

func (a *api) myPools(c *call) error {
	found, err := c.session().MyPools(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, items[store.PoolStanding]{Items: found})
}

func (a *api) poolRuns(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	found, err := c.session().PoolRuns(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, items[store.PoolRun]{Items: found})
}

func (a *api) poolStanding(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	found, err := c.session().PoolStanding(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, found.Version, found)
}

func (a *api) setPool(c *call) error {
	id, version, err := c.target()
	if err != nil {
		return err
	}
	in, err := readBody[access.PoolSettings](c)
	if err != nil {
		return err
	}
	found, err := c.session().SetPool(c.ctx(), id, version, in)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, found.Version, found)
}

func (a *api) poolRun(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	found, err := c.session().PoolRun(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) recyclePool(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	begun, err := c.session().RecyclePool(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusAccepted, begun)
}

func (a *api) cancelPoolRun(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	if err := c.session().CancelPoolRun(c.ctx(), id); err != nil {
		return err
	}
	return c.done()
}
