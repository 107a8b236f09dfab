package leak_test

import (
	"net/url"

	"guan/records"
)

var statisticsRoutes = []string{
	"GET /api/v1/statistics", "GET /api/v1/statistics/of/{kind}", "GET /api/v1/statistics/settings", "PUT /api/v1/statistics/settings",
}

// statistics asks for every cut and every sum. The worlds differ in fewer records than a figure is of:
// also to who has figures of the records in which they differ, all is told alike.
func statistics(c *prober) {
	c.get("/api/v1/statistics")
	for _, kind := range kinds() {
		path := "/api/v1/statistics/of/" + string(kind)
		cuts, sums := []string{"", "nonsense"}, []string{"count", "sum:nonsense"}
		if k := records.Builtin().Kind(kind); k != nil {
			for _, f := range k.Fields {
				cuts = append(cuts, f.Name, "month("+f.Name+")")
				if f.Type == records.Money || f.Type == records.Number || f.Type == records.Int {
					sums = append(sums, "sum:"+f.Name)
				}
			}
		}
		for i, cut := range share(c, path, cuts, 4) {
			c.get(path + "?" + url.Values{"group": {cut}, "measure": {sums[i%len(sums)]}}.Encode())
		}
	}
	c.get("/api/v1/statistics/settings")
	c.ask("PUT", "/api/v1/statistics/settings", map[string]any{"least": 1, "budget": 1}, "If-Match", "0")
}
