package httpapi

import (
	"net/http"

	"guan/fault"
	"guan/policy"
	"guan/store"
)

// unreadNotices is how many there are, for the bell.
type unreadNotices struct {
	Unread int `json:"unread"`
}

// readNotices names the notices that were read, or all of them.
type readNotices struct {
	IDs []policy.ID `json:"ids,omitempty"`
	All bool        `json:"all,omitempty"`
}

var noticeParams = []param{
	{name: "cursor", desc: "`next` of the page before."},
	{name: "unread", desc: "only leaves out what was read.", enum: []string{"all", "only"}},
}

// noticeRoutes are of what one is told.
func (a *api) noticeRoutes() []route {
	return []route{
		get(v1+"/notices", person, a.notices, "notices", "What I am told, the newest first").asks(noticeParams...).gives(200, store.NoticePage{}),
		get(v1+"/notices/unread", person, a.unreadNotices, "unreadNotices", "How much of it I have not read, up to 100").gives(200, unreadNotices{}),
		post(v1+"/notices/read", person, a.readNotices, "readNotices", "Mark notices of mine as read").takes(recordBody, readNotices{}),
	}
}

func (a *api) notices(c *call) error {
	q := c.query()
	cursor, unread := q.text("cursor"), q.choice("unread", "all", "only") == "only"
	if err := q.err(); err != nil {
		return err
	}
	page, err := c.session().Notices(c.ctx(), cursor, unread)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, page)
}

func (a *api) unreadNotices(c *call) error {
	n, err := c.session().UnreadNotices(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, unreadNotices{n})
}

func (a *api) readNotices(c *call) error {
	in, err := readBody[readNotices](c)
	if err != nil {
		return err
	}
	if in.All == (in.IDs != nil) || len(in.IDs) > 1000 {
		return fault.New(fault.Invalid, "notices_which", "name up to 1000 notices, or all").WithAt("ids")
	}
	if err := c.session().MarkNotices(c.ctx(), in.IDs); err != nil {
		return err
	}
	return c.done()
}
