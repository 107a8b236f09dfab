package siem

import (
	"testing"

	"guan/store"
)

// The signature is the one of the specification's own example.
func TestSignature(t *testing.T) {
	key, err := store.StreamKey("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil {
		t.Fatal(err)
	}
	if got := sign(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", []byte(`{"test": 2432232314}`)); got != "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" {
		t.Error(got)
	}
}

// Nothing is sent where clouds keep the credentials of machines, whatever name led there.
func TestForbiddenAddresses(t *testing.T) {
	for address, ok := range map[string]bool{
		"169.254.169.254:80": false, "[fe80::1]:80": false, "[::ffff:169.254.169.254]:80": false, "100.100.100.200:80": false, "0.0.0.0:80": false,
		"[fd00:ec2::254]:80": false, "224.0.0.1:80": false, "10.0.0.5:443": true, "127.0.0.1:8080": true, "203.0.113.5:443": true,
	} {
		if got := allowed(address) == nil; got != ok {
			t.Errorf("%s: %t", address, got)
		}
	}
}
