package stream

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kfake"

	"claimwatch"
)

// A broker that encrypts and asks for a password, through both of kafka-go's
// ways to connect: the transport of writes and fetches, and the dialer of groups.
func TestTLSAndSASL(t *testing.T) {
	caFile, server := selfSigned(t)
	broker, err := kfake.NewCluster(
		kfake.NumBrokers(1), kfake.TLS(server), kfake.EnableSASL(),
		kfake.Superuser("PLAIN", "p", "secret"),
		kfake.Superuser("SCRAM-SHA-256", "s", "secret"),
		kfake.Superuser("SCRAM-SHA-512", "s", "secret"),
	)
	if err != nil {
		t.Fatalf("NewCluster() error:\n%+v", err)
	}
	defer broker.Close()
	for _, tc := range []struct {
		mechanism, user, password string
		ok                        bool
	}{
		{"PLAIN", "p", "secret", true},
		{"SCRAM-SHA-256", "s", "secret", true},
		{"SCRAM-SHA-512", "s", "secret", true},
		{"SCRAM-SHA-512", "s", "wrong", false},
	} {
		t.Run(tc.mechanism+" "+tc.password, func(t *testing.T) {
			topic := "t." + tc.mechanism
			cfg := Local(broker.ListenAddrs()...)
			cfg.Now = time.Now
			cfg.Partitions = map[string]int{topic: 1, claimwatch.TopicJournal: 1}
			cfg.Security = Security{TLS: true, CAFile: caFile, Mechanism: tc.mechanism, Username: tc.user, Password: tc.password}
			if !tc.ok {
				if openOnly(t, cfg).EnsureTopics(t.Context()) == nil {
					t.Error("EnsureTopics() is nil with a wrong password")
				}
				return
			}
			c := open(t, cfg)
			var got seen
			consume(t, c, topic, "g", &got)
			write(t, c.Writer(topic), message(1))
			eventually(t, 10*time.Second, "the message arrives", func() bool { return got.total() == 1 })
		})
	}
}

func selfSigned(t *testing.T) (caFile string, server *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatalf("GenerateKey() error:\n%+v", err)
	}
	cert := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, &key.PublicKey, key)
	if err != nil {
		t.Fatalf("CreateCertificate() error:\n%+v", err)
	}
	caFile = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(caFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatalf("WriteFile() error:\n%+v", err)
	}
	return caFile, &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
}
