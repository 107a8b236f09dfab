package httpapi

import (
	"net/http"

	"guan/fault"
)

type health struct {
	Status string `json:"status"`
}

// healthy says that the process runs.
func (a *api) healthy(c *call) error { return c.answer(http.StatusOK, health{"ok"}) }

// ready says that requests should be sent here: the database answers and nobody has told the
// server to stop.
func (a *api) ready(c *call) error {
	if a.draining.Load() {
		return fault.New(fault.Internal, "draining", "the server is about to stop")
	}
	if err := a.db.Ready(c.ctx()); err != nil {
		return fault.Wrap(err, fault.Internal, "not_ready", "the database does not answer")
	}
	return c.answer(http.StatusOK, health{"ready"})
}

func (a *api) openapi(c *call) error {
	c.write(http.StatusOK, "application/json", a.document)
	return nil
}
