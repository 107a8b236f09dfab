package records

import (
	"strings"
	"testing"

	"guan/fault"
	"guan/policy"
)

func faults(err error) string {
	if err == nil {
		return ""
	}
	var out []string
	for _, item := range fault.From(err).Items {
		out = append(out, item.At+":"+item.Code)
	}
	return strings.Join(out, " ")
}

func TestCheckNewRecord(t *testing.T) {
	values := map[string]policy.Value{}
	if got := faults(contact.Check(values, nil)); got != "name:required customer:required stage:required tags:required" {
		t.Errorf("an empty contact: %s", got)
	}
	contact.Complete(values)
	if got := faults(contact.Check(values, nil)); got != "name:required customer:required" {
		t.Errorf("a completed contact: %s", got)
	}
	if values["stage"].Text() != "active" || values["tags"].Missing() {
		t.Errorf("defaults: %v", values)
	}
	values["name"], values["customer"], values["stage"] = policy.TextOf("李伟"), policy.RefOf(7), policy.TextOf("nowhere")
	if got := faults(contact.Check(values, nil)); got != "stage:choice" {
		t.Errorf("an unknown stage: %s", got)
	}
	values["stage"], values["phone"] = policy.TextOf("left"), policy.IntOf(5)
	if got := faults(contact.Check(values, nil)); got != "phone:type" {
		t.Errorf("a number for a text: %s", got)
	}
}

func TestCompleteKeepsWhatIsThere(t *testing.T) {
	values := map[string]policy.Value{"currency": policy.TextOf("USD"), "type": policy.TextOf("individual")}
	customer.Complete(values)
	if values["currency"].Text() != "USD" || values["type"].Text() != "individual" || values["stage"].Text() != "lead" {
		t.Errorf("got %v", values)
	}
}

func TestCheckEdit(t *testing.T) {
	day := func(n int64) policy.Value { return policy.MicrosOf(n * dayMicros) }
	values := map[string]policy.Value{"starts_on": day(20), "ends_on": day(10), "number": {}}
	for _, x := range []struct {
		touched, want string
	}{
		{"starts_on", "ends_on:order"},
		{"ends_on", "ends_on:order"},
		{"name", ""},
		{"number", "number:required"},
		{"number ends_on", "number:required ends_on:order"},
	} {
		touched := map[string]bool{}
		for _, name := range strings.Fields(x.touched) {
			touched[name] = true
		}
		if got := faults(contract.Check(values, touched)); got != x.want {
			t.Errorf("touched %s: got %q, want %q", x.touched, got, x.want)
		}
	}
	delete(values, "starts_on") // hidden from who edits
	if got := faults(contract.Check(values, map[string]bool{"ends_on": true})); got != "" {
		t.Errorf("a date was compared with one that is not known: %s", got)
	}
	values["starts_on"] = day(10)
	if got := faults(contract.Check(values, map[string]bool{"ends_on": true})); got != "" {
		t.Errorf("the same day: %s", got)
	}
}
