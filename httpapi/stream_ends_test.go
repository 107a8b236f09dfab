package httpapi_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/audit"
	"guan/siem"
	"guan/store"
)

const streamPath = "/api/v1/alerts/stream"

// sent is a stream that is on, with its other end, under a clock that the test moves.
type sent struct {
	*program
	clock  *handClock
	at     func(login string) *client
	sender *siem.Sender
	other  *receiver
	url    string
}

// eachStream runs a test with a stream to another end on loopback.
func eachStream(t *testing.T, run func(t *testing.T, x *sent)) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		x := &sent{program: p, clock: clock, at: p.shift(clock), other: &receiver{t: t}}
		x.sender = siem.New(p.db.System(store.JobStream, store.DefaultTenant), false)
		server := httptest.NewServer(x.other)
		t.Cleanup(server.Close)
		x.url = server.URL
		x.seal()
		x.other.secrets = []string{x.set(nil).Secret}
		run(t, x)
	})
}

func (x *sent) seal() {
	x.t.Helper()
	if _, err := x.db.System(store.JobSeal, store.DefaultTenant).Seal(context.Background()); err != nil {
		x.t.Fatal(err)
	}
}

func (x *sent) stream() store.WrittenStream {
	x.t.Helper()
	return into[store.WrittenStream](x.at("boss").get(streamPath).must(200))
}

// ask sets the stream in the version that there is, with more than where it goes.
func (x *sent) ask(more map[string]any) *reply {
	x.t.Helper()
	body := map[string]any{"on": true, "url": x.url, "entries": true, "values": false}
	for name, value := range more {
		body[name] = value
	}
	return x.at("boss").do("PUT", streamPath, body, "If-Match", strconv.FormatInt(x.stream().Version, 10))
}

func (x *sent) set(more map[string]any) store.WrittenStream {
	x.t.Helper()
	return into[store.WrittenStream](x.ask(more).must(200))
}

// once tries to send what there is, and tells whether something went out.
func (x *sent) once() (arrived, tried bool) {
	x.t.Helper()
	x.seal()
	before := len(x.other.ids)
	arrived, err := x.sender.Once(context.Background())
	if err != nil {
		x.t.Fatal(err)
	}
	return arrived, len(x.other.ids) > before
}

// arrives sends everything there is; the other end checks by which secrets it is signed.
func (x *sent) arrives(when string) {
	x.t.Helper()
	before := len(x.other.ids)
	x.at("boss").get("/api/v1/records/customer").must(200) // there is something to send
	for arrived := true; arrived; {
		arrived, _ = x.once()
	}
	if len(x.other.ids) == before {
		x.t.Errorf("%s nothing arrives", when)
	}
}

// A secret that is replaced signs beside the new one for a day to the instant, so that nothing is refused while the
// other end is told; then it ends by itself, or before where somebody ends it. Neither is shown again.
func TestStreamRotatesItsSecret(t *testing.T) {
	eachStream(t, func(t *testing.T, x *sent) {
		first := x.other.secrets[0]
		x.arrives("with one secret")
		rotated := x.clock.Now()
		made := x.set(map[string]any{"secret": "new"})
		second := made.Secret
		if !strings.HasPrefix(second, "whsec_") || second == first || made.FormerUntil == nil || !made.FormerUntil.Equal(rotated.Add(24*time.Hour)) {
			t.Fatalf("%+v", made)
		}
		if shown := x.at("boss").get(streamPath).must(200); strings.Contains(string(shown.body), "whsec_") {
			t.Errorf("a secret is shown again: %s", shown.body)
		}
		x.other.secrets = []string{second, first}
		x.arrives("with two secrets")
		if came := into[store.StreamTry](x.at("boss").do("POST", streamPath+"/test", nil).must(200)); came.Outcome != store.StreamArrived {
			t.Errorf("a test event: %+v", came)
		}
		// A third would end one that the other end may still go by.
		version := x.stream().Version
		x.ask(map[string]any{"secret": "new"}).is(409, "stream_rotating")
		x.ask(map[string]any{"secret": "whsec_short"}).is(400, "stream_secret")
		if now := x.stream(); now.Version != version {
			t.Errorf("what was refused made version %d of %d", now.Version, version)
		}
		x.set(map[string]any{"values": true})
		x.arrives("after another change of the settings")
		x.clock.set(rotated.Add(24*time.Hour - time.Microsecond))
		x.arrives("to the last instant of the former")
		x.clock.set(rotated.Add(24 * time.Hour))
		x.other.secrets = []string{second}
		x.arrives("from its end on")
		if now := x.stream(); now.FormerUntil != nil {
			t.Errorf("ends at %v", now.FormerUntil)
		}
		// One that is given is as good, and the one before can be ended at once, with the change or after it.
		third := "whsec_" + strings.Repeat("QUJD", 11)
		if given := x.set(map[string]any{"secret": third}); given.Secret != "" || given.FormerUntil == nil {
			t.Errorf("%+v", given)
		}
		x.other.secrets = []string{third, second}
		x.arrives("with one that was given")
		if ended := x.set(map[string]any{"end_former": true}); ended.FormerUntil != nil || ended.Secret != "" {
			t.Errorf("%+v", ended)
		}
		x.other.secrets = []string{third}
		x.arrives("once the former was ended")
		if same := x.set(map[string]any{"secret": third}); same.FormerUntil != nil {
			t.Errorf("the same secret was replaced by itself: %+v", same)
		}
		x.other.secrets = []string{x.set(map[string]any{"secret": "new", "end_former": true}).Secret}
		x.arrives("with a new one alone")

		var changes []string
		for from, more := int64(0), true; more; {
			events, next, err := x.db.System(store.JobStream, store.DefaultTenant).EventsFrom(context.Background(), from, 100, true)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range events {
				if e.Data.Action != string(audit.WatchChanged) {
					continue
				}
				var d struct {
					Secret      bool       `json:"secret"`
					FormerEnded bool       `json:"former_ended"`
					FormerUntil *time.Time `json:"former_until"`
				}
				if err := json.Unmarshal(e.Data.Detail, &d); err != nil {
					t.Fatal(err)
				}
				changes = append(changes, strconv.FormatBool(d.Secret)+" "+strconv.FormatBool(d.FormerEnded)+" "+strconv.FormatBool(d.FormerUntil != nil))
				if strings.Contains(string(e.Data.Detail), "whsec_") {
					t.Errorf("a secret stands in the log: %s", e.Data.Detail)
				}
			}
			from, more = next, next > from
		}
		// The secret changed; the former was ended; it signs too.
		if want := []string{"true false false", "true false true", "false false true", "true false true", "false true false", "false false false", "true false false"}; !slices.Equal(changes, want) {
			t.Errorf("on record: %q", changes)
		}
	})
}

// Two who rotate the secret at once do not end each other's.
func TestStreamRotatesOnceAtOnce(t *testing.T) {
	eachStream(t, func(t *testing.T, x *sent) {
		first := x.other.secrets[0]
		version := strconv.FormatInt(x.stream().Version, 10)
		replies := make([]*reply, 2)
		var both sync.WaitGroup
		for i := range replies {
			boss := x.as("boss")
			both.Go(func() {
				replies[i] = boss.do("PUT", streamPath, map[string]any{"on": true, "url": x.url, "entries": true, "values": false, "secret": "new"}, "If-Match", version)
			})
		}
		both.Wait()
		slices.SortFunc(replies, func(a, b *reply) int { return a.status - b.status })
		if replies[0].status != 200 || replies[1].status != 412 {
			t.Fatalf("%d and %d", replies[0].status, replies[1].status)
		}
		x.other.secrets = []string{into[store.WrittenStream](replies[0]).Secret, first}
		x.arrives("after both")
	})
}

// Where the other end is gone for good the stream is switched off, says so, and who administers and who audits is
// told; what it was about to send goes out when it is switched on again. An answer of an address that was set anew
// meanwhile ends nothing.
func TestStreamEndsWhereItIsGone(t *testing.T) {
	eachStream(t, func(t *testing.T, x *sent) {
		x.arrives("before")
		before := x.stream()
		x.other.status = http.StatusGone
		stopped := x.clock.Now()
		x.at("boss").get("/api/v1/records/customer").must(200)
		if arrived, tried := x.once(); arrived || !tried {
			t.Fatalf("arrived %t, tried %t", arrived, tried)
		}
		refused := x.other.ids[len(x.other.ids)-1]
		now := x.stream()
		if now.On || now.StoppedAt == nil || !now.StoppedAt.Equal(stopped) || now.Failed != store.StreamAnswered || now.FailedStatus != 410 || now.NextAt != nil || now.Version != before.Version+1 {
			t.Errorf("%+v", now)
		}
		x.clock.advance(48 * time.Hour)
		if _, tried := x.once(); tried {
			t.Error("a stream that was stopped sends")
		}
		for _, who := range []string{"boss", "auditor"} {
			told := 0
			for _, n := range into[store.NoticePage](x.at(who).get("/api/v1/notices").must(200)).Items {
				if n.What == store.NoticeStreamEnds {
					told++
				}
			}
			if told != 1 {
				t.Errorf("%s was told %d times", who, told)
			}
		}
		for _, n := range into[store.NoticePage](x.at("seller").get("/api/v1/notices").must(200)).Items {
			if n.What == store.NoticeStreamEnds {
				t.Error("who has neither right is told of it")
			}
		}
		var found []store.AuditItem
		for _, it := range x.at("auditor").search(url.Values{"group": {string(audit.Administration)}}) {
			if it.Action == string(audit.StreamEnded) {
				found = append(found, it)
			}
		}
		if len(found) != 1 || found[0].Job == "" || found[0].Outcome != store.StreamAnswered || found[0].Status != 410 {
			t.Errorf("on record: %+v", found)
		}
		// Whoever had the page open before does not switch it on unseen.
		x.at("boss").do("PUT", streamPath, map[string]any{"on": true, "url": x.url, "entries": true, "values": false}, "If-Match", strconv.FormatInt(before.Version, 10)).must(412)
		x.other.status = 0
		if on := x.set(nil); !on.On || on.StoppedAt != nil || on.Failed != "" {
			t.Errorf("%+v", on)
		}
		if arrived, _ := x.once(); !arrived || x.other.ids[len(x.other.ids)-1] != refused {
			t.Errorf("what was refused does not arrive: %q after %q", x.other.ids[len(x.other.ids)-1], refused)
		}

		x.arrives("again")
		x.other.status = http.StatusGone
		x.other.before = func() { x.set(map[string]any{"url": x.url + "/new"}) }
		x.at("boss").get("/api/v1/records/customer").must(200)
		x.once()
		if now := x.stream(); !now.On || now.StoppedAt != nil || now.URL != x.url+"/new" {
			t.Errorf("another address answered, and it ended: %+v", now)
		}
	})
}

// The other end says when it wants to be tried again, and is not tried before, within bounds; where it says nothing,
// or what is no time, the stream waits as ever.
func TestStreamWaitsAsAsked(t *testing.T) {
	eachStream(t, func(t *testing.T, x *sent) {
		at := func(d time.Duration) string { return x.clock.Now().Add(d).UTC().Format(http.TimeFormat) }
		const first = 5 * time.Second // after a first failure
		for _, try := range []struct {
			name   string
			status int
			after  func() string
			waits  time.Duration
		}{
			{"seconds with 429", 429, func() string { return "120" }, 2 * time.Minute},
			{"a date with 503", 503, func() string { return at(10 * time.Minute) }, 10 * time.Minute},
			{"a date with 429, a day ahead", 429, func() string { return at(24 * time.Hour) }, 24 * time.Hour},
			{"sooner than it would be tried", 429, func() string { return "1" }, first},
			{"nothing", 503, func() string { return "" }, first},
			{"no time", 429, func() string { return "soon" }, first},
			{"less than none", 429, func() string { return "-30" }, first},
			{"a date that is over", 503, func() string { return at(-time.Hour) }, first},
			{"a year", 503, func() string { return "31536000" }, 24 * time.Hour},
			{"a date in another age", 503, func() string { return "Fri, 31 Dec 2200 23:59:59 GMT" }, 24 * time.Hour},
			{"more seconds than there are", 429, func() string { return "99999999999999999999" }, 24 * time.Hour},
			{"a status that has no such wait", 500, func() string { return "3600" }, first},
		} {
			x.set(nil) // tried anew
			x.at("boss").get("/api/v1/records/customer").must(200)
			x.other.status, x.other.after = try.status, try.after()
			if arrived, tried := x.once(); arrived || !tried {
				t.Fatalf("%s: arrived %t, tried %t", try.name, arrived, tried)
			}
			due := x.clock.Now().Add(try.waits)
			if now := x.stream(); now.NextAt == nil || !now.NextAt.Equal(due) || now.FailedStatus != try.status {
				t.Errorf("%s: %+v, due at %s", try.name, now, due)
			}
			x.clock.set(due.Add(-time.Microsecond))
			if _, tried := x.once(); tried {
				t.Errorf("%s: tried too early", try.name)
			}
			x.clock.set(due)
			x.other.status, x.other.after = 0, ""
			if arrived, _ := x.once(); !arrived {
				t.Errorf("%s: not tried when it is time", try.name)
			}
		}
	})
}
