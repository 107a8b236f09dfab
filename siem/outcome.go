package siem

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"syscall"

	"guan/store"
)

// Try sends a message once and says in one word what came back.
func (s *Sender) Try(ctx context.Context, d *store.Delivery) (store.StreamOutcome, int) {
	a, err := s.send(ctx, d)
	return outcomeOf(a.status, err), a.status
}

func outcomeOf(status int, err error) store.StreamOutcome {
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var unknown x509.UnknownAuthorityError
	switch {
	case err == nil:
		return store.StreamArrived
	case status != 0:
		return store.StreamAnswered
	case errors.Is(err, errForbidden):
		return store.StreamForbidden
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded), errors.Is(err, syscall.ETIMEDOUT):
		return store.StreamLate
	case errors.As(err, &name):
		return store.StreamUnknown
	case errors.Is(err, syscall.ECONNREFUSED):
		return store.StreamRefused
	case errors.As(err, &certificate), errors.As(err, &unknown):
		return store.StreamUntrusted
	}
	return store.StreamBroken
}
