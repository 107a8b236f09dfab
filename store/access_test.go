package store

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/access"
	"guan/fault"
	"guan/policy"
)

// Everybody sees what they hold, whence and until when; heads see it of their people, and who
// administers or audits permissions of everybody.
func TestAccessStory(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", "")
		f.customer("boss", "西方", "")
		until := f.clock.Now().Add(time.Hour)
		f.must(f.as("lin").AddCollaborator(ctx, "customer", f.id("东方"), NewCollaborator{Person: f.id("wang"), Until: &until}))
		given, err := f.as("boss").Grant(ctx, f.lend("wang", 2, "西方"))
		f.must(err)
		once := f.lend("wang", 2, "西方")
		once.Once = true
		_, err = f.as("boss").Grant(ctx, once)
		f.must(err)
		f.enacts("boss", assigning(access.Assignment{Pack: "auditor", Who: policy.Clause{Person: f.id("wang")}, Until: &until}))

		mine, err := f.as("wang").Access(ctx, 0)
		f.must(err)
		if mine.Person.Name != "wang" || len(mine.Posts) != 1 || mine.Posts[0].Unit.Name != "华南" || len(mine.Grants) != 2 || len(mine.Pools) != 1 {
			t.Errorf("%+v", mine)
		}
		if len(mine.Teams) != 1 || mine.Teams[0].Title != "东方" || !mine.Teams[0].Until.Equal(until) {
			t.Errorf("%+v", mine.Teams)
		}
		way := func(x *Access, rule string) *AccessWay {
			for _, k := range x.Kinds {
				if i := slices.IndexFunc(k.Ways, func(w AccessWay) bool { return w.Rule == rule }); i >= 0 {
					return &k.Ways[i]
				}
			}
			return nil
		}
		own := way(mine, "sales/customer/own")
		if own == nil || own.Until != nil || own.From.ZH == "" || len(own.Holds) != 1 || own.Holds[0].Type != "position" || own.Sentence.ZH == "" {
			t.Errorf("%+v", own)
		}
		lent := way(mine, "grant/"+given.ID.String())
		if lent == nil || lent.Origin.Type != access.FromGrant || lent.Holds[0].Type != "person" || !lent.Until.Equal(given.Until) {
			t.Errorf("%+v", lent)
		}
		windowed := 0
		for _, k := range mine.Kinds {
			for _, w := range k.Ways {
				if strings.HasPrefix(w.Rule, "auditor/") {
					windowed++
					if w.Until == nil || !w.Until.Equal(until) {
						t.Errorf("%s ends at %v", w.Rule, w.Until)
					}
				}
			}
		}
		if windowed == 0 {
			t.Error("nothing of the pack is told")
		}
		for who, want := range map[string]string{"chief": "", "boss": "", "admin": "", "auditor": "", "lin": "right", "zhao": "right"} {
			seen, err := f.as(who).Access(ctx, f.id("wang"))
			if want != "" {
				f.refused(err, fault.Denied, want)
				continue
			}
			f.must(err)
			if len(seen.Grants) != 2 || len(seen.Teams) != 1 || way(seen, "sales/customer/own") == nil {
				t.Errorf("%s is told %+v", who, seen)
			}
		}
		// A head is not told which records somebody else lent, nor the names of those they may not read.
		seen, err := f.as("chief").Access(ctx, f.id("wang"))
		f.must(err)
		if len(seen.Grants[0].Records) != 0 || strings.Contains(seen.Grants[0].Sentence.ZH, "西方") {
			t.Errorf("%+v", seen.Grants[0])
		}
		_, err = f.as("chief").Access(ctx, f.id("boss"))
		f.refused(err, fault.Denied, "right")
		_, err = f.as("admin").Access(ctx, 1)
		f.refused(err, fault.NotFound, "person")
		// It is what the gate says: what is given back is gone at once.
		_, err = f.as("wang").RevokeGrant(ctx, given.ID)
		f.must(err)
		f.must(f.as("wang").RemoveCollaborator(ctx, "customer", f.id("东方"), f.id("wang")))
		mine, err = f.as("wang").Access(ctx, 0)
		f.must(err)
		if len(mine.Grants) != 1 || len(mine.Teams) != 0 || way(mine, "grant/"+given.ID.String()) != nil {
			t.Errorf("%+v", mine)
		}
		f.clock.advance(time.Hour)
		mine, err = f.as("wang").Access(ctx, 0)
		f.must(err)
		for _, k := range mine.Kinds {
			for _, w := range k.Ways {
				if strings.HasPrefix(w.Rule, "auditor/") {
					t.Errorf("%s outlived its window", w.Rule)
				}
			}
		}
	})
}
