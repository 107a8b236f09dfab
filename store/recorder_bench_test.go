package store

import (
	"context"
	"testing"

	"guan/audit"
	"guan/internal/testdb"
	"guan/policy"
)

// BenchmarkRecorder measures what the record of a list page of 50 rows costs its reader, alone
// and with many at once.
func BenchmarkRecorder(b *testing.B) {
	page := make([]policy.ID, 50)
	for i := range page {
		page[i] = policy.ID(1000 + i*7)
	}
	entry := audit.Entry{Action: audit.List, Kind: "customer", Records: page, Fields: []string{"name", "phone"}, Rules: []string{"sales/customer/own"}}
	for name, at := range map[string]testdb.Database{"sqlite": testdb.SQLite(b), "postgres": testdb.Postgres(b)} {
		db := open(b, at)
		b.Run(name+"/alone", func(b *testing.B) {
			for b.Loop() {
				if err := db.auditRead(context.Background(), ada, entry); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/many", func(b *testing.B) {
			b.SetParallelism(32)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if err := db.auditRead(context.Background(), ada, entry); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}
