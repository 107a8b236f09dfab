package httpapi

import (
	"net/http"

	"guan/statistics"
	"guan/store"
)

func (a *api) statisticsRoutes() []route {
	all := v1 + "/statistics"
	return []route{
		get(all, either, a.statisticsOffer, "statisticsOffer", "Of what I may have statistics, by which groups").gives(200, store.StatisticsOffer{}),
		get(all+"/settings", either, a.statisticsSettings, "statisticsSettings", "Of how many records a figure of the statistics is at least").gives(200, store.WrittenStatisticsSettings{}),
		put(all+"/settings", either, a.setStatisticsSettings, "setStatisticsSettings", "Say of how many records a figure is at least").onMatch().takes(smallBody, statistics.Limits{}).gives(200, store.WrittenStatisticsSettings{}),
		get(all+"/of/{kind}", either, a.statistics, "statistics", "Counts, sums and averages of records that I need not see, by group").asks(
			param{name: "group", desc: "One of those offered. Absent: all together."},
			param{name: "measure", desc: "count, or sum: and a field that is offered, with its average."},
		).gives(200, store.Statistics{}),
	}
}

func (a *api) statisticsOffer(c *call) error {
	out, err := c.session().StatisticsOffer(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, out)
}

func (a *api) statistics(c *call) error {
	q := c.query()
	ask := store.StatisticsQuery{Kind: c.kind(), Group: q.text("group"), Measure: q.text("measure")}
	if err := q.err(); err != nil {
		return err
	}
	out, err := c.session().Statistics(c.ctx(), ask)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, out)
}

func (a *api) statisticsSettings(c *call) error {
	found, err := c.session().StatisticsSettings(c.ctx())
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, found.Version, found)
}

func (a *api) setStatisticsSettings(c *call) error {
	version, err := c.ifMatch()
	if err != nil {
		return err
	}
	in, err := readBody[statistics.Limits](c)
	if err != nil {
		return err
	}
	set, err := c.session().SetStatisticsSettings(c.ctx(), version, in)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, set.Version, set)
}
