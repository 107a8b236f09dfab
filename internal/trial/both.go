package trial

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"
)

// The people of the sample company whom trials use.
const (
	Seller = "zhengxl"
	Boss   = "zhoumy"
	Admin  = "sunh"
)

// Dialect returns the sort of database.
func (w Where) Dialect() string {
	if w.URL == "" {
		return "sqlite"
	}
	return "postgres"
}

// OnBoth builds the program, fills a fresh database of each sort with the sample company, and
// runs the trial on each. PostgreSQL databases are made in the cluster of GUAN_TEST_POSTGRES.
func OnBoth(ctx context.Context, run func(bin string, at Where) error) error {
	return OnBothEmpty(ctx, func(bin string, at Where) error {
		if err := Fill(bin, at); err != nil {
			return err
		}
		return run(bin, at)
	})
}

// OnBothEmpty is OnBoth on databases in which nothing is.
func OnBothEmpty(ctx context.Context, run func(bin string, at Where) error) error {
	server := os.Getenv("GUAN_TEST_POSTGRES")
	if server == "" {
		return errors.New("GUAN_TEST_POSTGRES names no cluster: run this through scripts/with-postgres.sh")
	}
	dir, err := os.MkdirTemp("", "guan-trial-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	bin, err := Build(dir)
	if err != nil {
		return err
	}
	var errs []error
	for _, sort := range []string{"", server} {
		at := Where{DataDir: dir + "/data" + fmt.Sprint(len(sort) > 0)}
		drop := func() error { return nil }
		if sort != "" {
			if at.URL, drop, err = database(ctx, server); err != nil {
				return err
			}
		}
		errs = append(errs, run(bin, at), drop())
	}
	return errors.Join(errs...)
}

// database makes an empty PostgreSQL database.
func database(ctx context.Context, server string) (address string, drop func() error, err error) {
	name := "trial_" + strings.ToLower(rand.Text())
	do := func(text string) error {
		conn, err := pgx.Connect(ctx, server)
		if err != nil {
			return err
		}
		defer conn.Close(ctx)
		_, err = conn.Exec(ctx, text)
		return err
	}
	if err := do("CREATE DATABASE " + name + " ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0"); err != nil {
		return "", nil, err
	}
	u, err := url.Parse(server)
	if err != nil {
		return "", nil, err
	}
	u.Path = "/" + name
	return u.String(), func() error { return do("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)") }, nil
}
