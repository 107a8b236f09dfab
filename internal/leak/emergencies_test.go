package leak_test

import "strings"

var emergencyRoutes = []string{
	"POST /api/v1/emergencies", "GET /api/v1/emergencies", "GET /api/v1/emergencies/standing", "GET /api/v1/emergencies/people",
	"GET /api/v1/emergencies/settings", "PUT /api/v1/emergencies/settings", "GET /api/v1/emergencies/{id}", "GET /api/v1/emergencies/{id}/seen",
	"POST /api/v1/emergencies/{id}/end", "POST /api/v1/emergencies/{id}/review",
}

// glassBreakers have a pack that lets them open a record, which shows it to them: with that the worlds
// differ. They ask what is refused before any record is looked for.
var glassBreakers = []string{"service", "head", "easthead", "westhead"}

// emergencies tries to open records in and out of sight: without the right there is one answer to all.
func emergencies(c *prober) {
	breaks := false
	for _, who := range glassBreakers {
		breaks = breaks || c.who == who
	}
	for _, at := range share(c, "emergencies", c.targets(1, 2), 12) {
		if strings.HasSuffix(at.path, "/x") {
			continue // no id at all
		}
		reason := "probe for the worlds"
		if breaks {
			reason = "x"
		}
		c.ask("POST", "/api/v1/emergencies", map[string]any{"kind": string(at.kind), "record": at.id.String(), "reason": reason})
	}
	for _, by := range []string{"phone", "name", "unicorn", "id_number"} {
		if breaks && by != "id_number" && by != "unicorn" {
			continue
		}
		c.ask("POST", "/api/v1/emergencies", map[string]any{"kind": "customer", "field": by, "value": "13800138000", "reason": "probe for the worlds"})
	}
	for _, path := range []string{"", "?scope=review", "?scope=all", "?scope=all&state=late", "?cursor=x", "/standing", "/people", "/settings"} {
		c.get("/api/v1/emergencies" + path)
	}
	for _, id := range []string{"1", "987654321", "x"} {
		path := "/api/v1/emergencies/" + id
		c.get(path)
		c.get(path + "/seen")
		c.ask("POST", path+"/end", nil)
		c.ask("POST", path+"/review", map[string]any{"verdict": "justified", "note": "probe"})
	}
	c.ask("PUT", "/api/v1/emergencies/settings", map[string]any{"minutes": 0, "review_hours": 1, "late_hours": 1, "per_day": 1, "kinds": []string{}, "classes": []string{}}, "If-Match", "0")
}
