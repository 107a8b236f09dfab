package main

import (
	"fmt"

	"guan/fault"
	"guan/store"
)

type check struct {
	database
}

// Run looks for data that is not whole and prints a line for each finding.
func (c *check) Run(t *terminal) error {
	db, err := c.look(t.ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	found, err := db.Check(t.ctx, store.DefaultTenant)
	if err != nil {
		return err
	}
	for _, f := range found {
		fmt.Fprintln(t.out, f)
	}
	if len(found) > 0 {
		return fault.Newf(fault.Conflict, "not_whole", "%d findings", len(found))
	}
	fmt.Fprintln(t.out, "everything is whole")
	return nil
}
