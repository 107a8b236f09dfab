package httpapi_test

import (
	"fmt"
	"sync"
	"testing"

	"guan/store"
)

// Two administrators make a field of one name, and change one field, at once: one of them does, everybody else is
// told, and nothing of theirs stands there.
func TestFieldsByTwoAtOnce(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		const path, all = "/api/v1/policy/fields/customer/c_level", "/api/v1/policy/fields"
		admins := []*client{p.as("boss"), p.as("admin")}
		body := func(name string) map[string]any {
			return map[string]any{"type": "text", "class": "general", "label": map[string]string{"zh": name, "en": name}}
		}
		standing := func() (f store.WrittenField) {
			t.Helper()
			for _, one := range into[ofItems[store.WrittenField]](admins[0].get(all).must(200)).Items {
				if one.Key == "c_level" {
					f = one
				}
			}
			return f
		}
		// race has eight put the field of a version at once, and gives the name that the one wrote.
		race := func(version int64, refused int) (written string) {
			t.Helper()
			var wg sync.WaitGroup
			answers := make([]*reply, 8)
			for i := range answers {
				wg.Go(func() {
					answers[i] = admins[i%2].do("PUT", path, body(fmt.Sprintf("第 %d 版之 %d", version, i)), "If-Match", fmt.Sprint(version))
				})
			}
			wg.Wait()
			for i, a := range answers {
				switch a.status {
				case 200:
					if written != "" {
						t.Errorf("two wrote version %d", version)
					}
					written = fmt.Sprintf("第 %d 版之 %d", version, i)
					if got := a.header.Get("ETag"); got != fmt.Sprintf("%q", fmt.Sprint(version+1)) {
						t.Errorf("ETag %s after version %d", got, version)
					}
				case refused:
				default:
					t.Errorf("version %d: %d %s", version, a.status, a.body)
				}
			}
			return written
		}
		if made := race(0, 409); made == "" || standing().Label.ZH != made || standing().Version != 1 {
			t.Errorf("made %q, and there stands %+v", made, standing())
		}
		admins[1].do("PUT", path, body("又一个"), "If-Match", "0").is(409, "field_there")
		if changed := race(1, 412); changed == "" || standing().Label.ZH != changed || standing().Version != 2 {
			t.Errorf("changed to %q, and there stands %+v", changed, standing())
		}
		admins[0].do("PUT", path, body("旧的"), "If-Match", "1").is(412, "version")
		admins[0].do("PUT", path, body("无版本")).is(428, "if_match")
		admins[0].do("DELETE", path, nil).must(204)
		// Who changes what somebody else removed does not make it anew.
		admins[1].do("PUT", path, body("已删除"), "If-Match", "2").is(412, "version")
		admins[1].do("PUT", path, body("重新建"), "If-Match", "0").must(200)
	})
}
