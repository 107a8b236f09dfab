package httpapi_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"guan/httpapi"
)

func TestTLS(t *testing.T) {
	cert, key, pool := certificate(t)
	p := start(t, blank.SQLite(t), func(o *httpapi.Options) { o.TLSCert, o.TLSKey = cert, key })
	if !strings.HasPrefix(p.url, "https://") {
		t.Fatalf("the address is %s", p.url)
	}
	c := p.anonymous()
	c.http.Transport = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}
	r := c.post("/api/v1/session", credentialsOf("seller", password), "Origin", p.url).must(200)
	if !strings.Contains(r.header.Get("Set-Cookie"), "Secure") || r.header.Get("Strict-Transport-Security") == "" {
		t.Errorf("over TLS: %v", r.header)
	}
	c.get("/api/v1/me").must(200)

	if _, err := httpapi.New(httpapi.Options{DB: p.db, Listen: "127.0.0.1:0", TLSCert: key, TLSKey: cert}); err == nil || !strings.Contains(err.Error(), "cannot be used") {
		t.Errorf("a key for a certificate: %v", err)
	}
}

// certificate makes one for loopback.
func certificate(t *testing.T) (certFile, keyFile string, pool *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name, typ string, content []byte) (path string, text []byte) {
		path, text = filepath.Join(dir, name), pem.EncodeToMemory(&pem.Block{Type: typ, Bytes: content})
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		return path, text
	}
	keyFile, _ = write("key.pem", "PRIVATE KEY", secret)
	certFile, text := write("cert.pem", "CERTIFICATE", der)
	pool = x509.NewCertPool()
	pool.AppendCertsFromPEM(text)
	return certFile, keyFile, pool
}
