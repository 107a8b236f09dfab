package main

import "testing"

func TestByteSize(t *testing.T) {
	for text, want := range map[string]byteSize{"25M": 25 << 20, "25m": 25 << 20, "25MB": 25 << 20, "25 MiB": 25 << 20, "512K": 512 << 10, "1G": 1 << 30, "1048576": 1 << 20, "2048B": 2 << 10} {
		var got byteSize
		if err := got.UnmarshalText([]byte(text)); err != nil || got != want {
			t.Errorf("%s is %d %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "M", "25X", "0", "1023", "-1M", "1.5M", "2G", "1T", "99999999999999999999", "9223372036854775807K", "25MM", "I", "25I M"} {
		var got byteSize
		if err := got.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q was taken as %d", text, got)
		}
	}
}
