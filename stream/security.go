package stream

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"

	"github.com/segmentio/kafka-go/sasl"
	"github.com/segmentio/kafka-go/sasl/plain"
	"github.com/segmentio/kafka-go/sasl/scram"
)

// Security says how to reach brokers that do not trust everybody.
type Security struct {
	// TLS turns encryption on. The system's authorities are trusted unless CAFile is given.
	TLS bool
	// CAFile, CertFile and KeyFile are PEM files; the last two go together and are for mutual TLS.
	CAFile, CertFile, KeyFile string
	// Mechanism is empty, PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512.
	Mechanism string
	// Username and Password are for the mechanism.
	Username, Password string
}

// tlsConfig is nil when TLS is off.
func (s Security) tlsConfig() (*tls.Config, error) {
	if !s.TLS {
		if s.CAFile != "" || s.CertFile != "" || s.KeyFile != "" {
			return nil, errors.New("stream: certificate files are given but tls is off")
		}
		return nil, nil //nolint:nilnil // kafka-go takes a nil config for "plain connection"
	}
	cfg := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.CAFile != "" {
		pem, err := os.ReadFile(s.CAFile)
		if err != nil {
			return nil, fmt.Errorf("read certificate authority: %w", err)
		}
		cfg.RootCAs = x509.NewCertPool()
		if !cfg.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("read certificate authority: %s holds no PEM certificate", s.CAFile)
		}
	}
	if s.CertFile != "" || s.KeyFile != "" {
		pair, err := tls.LoadX509KeyPair(s.CertFile, s.KeyFile)
		if err != nil {
			return nil, fmt.Errorf("read client certificate: %w", err)
		}
		cfg.Certificates = []tls.Certificate{pair}
	}
	return cfg, nil
}

// mechanism is nil when there is nothing to prove.
func (s Security) mechanism() (sasl.Mechanism, error) {
	var algo scram.Algorithm
	switch s.Mechanism {
	case "":
		if s.Username != "" || s.Password != "" {
			return nil, errors.New("stream: a username is given but no sasl mechanism")
		}
		return nil, nil //nolint:nilnil // kafka-go takes a nil mechanism for "none"
	case "PLAIN":
		return plain.Mechanism{Username: s.Username, Password: s.Password}, nil
	case "SCRAM-SHA-256":
		algo = scram.SHA256
	case "SCRAM-SHA-512":
		algo = scram.SHA512
	default:
		return nil, fmt.Errorf("stream: sasl mechanism %q is unknown: PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512", s.Mechanism)
	}
	m, err := scram.Mechanism(algo, s.Username, s.Password)
	if err != nil {
		return nil, fmt.Errorf("prepare sasl %s: %w", s.Mechanism, err)
	}
	return m, nil
}
