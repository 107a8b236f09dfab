package fault_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"guan/fault"
)

func TestKindsReadAndWrite(t *testing.T) {
	for _, kind := range fault.Kinds() {
		text, err := kind.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var back fault.Kind
		if err := back.UnmarshalText(text); err != nil || back != kind {
			t.Errorf("%s came back as %s, %v", kind, back, err)
		}
	}
	var k fault.Kind
	if err := k.UnmarshalText([]byte("invalid")); err == nil {
		t.Error("a kind in the wrong case was accepted")
	}
	if got := fault.Kind(200).String(); got != "Internal" {
		t.Errorf("a kind off the list is %s", got)
	}
}

func TestForeignErrorsAreInternalAndSilent(t *testing.T) {
	err := fmt.Errorf("dial 10.0.0.7: %w", io.ErrUnexpectedEOF)
	if fault.KindOf(err) != fault.Internal {
		t.Error("a foreign error has a kind")
	}
	out, _ := json.Marshal(fault.From(err))
	if strings.Contains(string(out), "10.0.0.7") {
		t.Errorf("the cause stands in the public form: %s", out)
	}
	if !errors.Is(fault.From(err), io.ErrUnexpectedEOF) {
		t.Error("the cause is lost")
	}
	if fault.Is(nil, fault.Internal) {
		t.Error("no error is an internal error")
	}
}

func TestCopiesDoNotShare(t *testing.T) {
	base := fault.New(fault.Conflict, "double", "there is one already").With("n", 1)
	a, b := base.With("n", 2).WithItems(fault.Item{At: "x"}), base.With("m", 3).WithAt("name")
	if base.Params["n"] != 1 || base.At != "" || len(base.Items) != 0 || len(base.Params) != 1 {
		t.Errorf("the original changed: %+v", base)
	}
	if !errors.Is(fmt.Errorf("create: %w", a), base) || !errors.Is(b, base) {
		t.Error("a copy is not found by its declared value")
	}
	if errors.Is(base, fault.New(fault.Conflict, "other", "")) {
		t.Error("another code counts as the same")
	}
}

func TestCollect(t *testing.T) {
	if err := fault.Collect(fault.Invalid, "fields", "some fields are wrong", nil, nil); err != nil {
		t.Errorf("nothing wrong gave %v", err)
	}
	one := fault.New(fault.Invalid, "long", "is too long").WithAt("name")
	many := fault.Collect(fault.Invalid, "fields", "some fields are wrong", one, fault.New(fault.Invalid, "empty", "is empty").WithAt("phone"))
	nested := fault.From(fault.Collect(fault.Invalid, "rows", "some rows are wrong", many, nil, one))
	if len(nested.Items) != 3 || nested.Items[1].At != "phone" {
		t.Errorf("got %+v", nested.Items)
	}
	if err := fault.Collect(fault.Invalid, "fields", "", one, io.EOF); err != io.EOF {
		t.Errorf("a failure of ours was told as a mistake of theirs: %v", err)
	}
}
