package httpapi

import (
	"net/http"

	"guan/store"
)

func (a *api) figureRoutes() []route {
	return []route{
		get(v1+"/figures/{kind}", either, a.figures, "figures", "Counts and sums over a list, by group").asks(figureParams...).gives(200, store.Figures{}),
	}
}

var figureParams = []param{
	{name: "filter", desc: "CEL over r (the record), p (me) and ctx, as of a list."},
	{name: "q", desc: "Words to find in the fields that are plain on the record."},
	{name: "group", desc: "A choice, yes-or-no field, owner, unit or pool; or day, month, quarter or year of a date: month(created_at). Absent: all together."},
	{name: "measure", desc: "count, or sum: and a number or money field. A record counts only where the fields concerned are plain on it."},
}

func (a *api) figures(c *call) error {
	q := c.query()
	ask := store.FiguresQuery{Kind: c.kind(), Filter: q.text("filter"), Search: q.text("q"), Group: q.text("group"), Measure: q.text("measure")}
	if err := q.err(); err != nil {
		return err
	}
	out, err := c.session().Figures(c.ctx(), ask)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, out)
}
