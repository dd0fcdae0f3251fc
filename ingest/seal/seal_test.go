package seal_test

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/ingest/seal"
	"claimwatch/ingest/seal/sealtest"
)

var (
	at      = time.Date(2026, 3, 1, 1, 30, 0, 0, time.UTC)
	records = []string{`{"record_id":"a"}`, "{\n\t\"record_id\":\"b\"}", `{"record_id":"丙"}`}
)

// judge takes an upload of H1 through the keeper.
func judge(k *seal.Keeper, header string, records ...string) (*claimwatch.Signature, error) {
	u, err := k.Open(http.Header{claimwatch.HeaderSignature: {header}}, "H1")
	if err != nil {
		return nil, err
	}
	for _, r := range records {
		if err := u.Add(r); err != nil {
			return nil, err
		}
	}
	return u.Judge(at)
}

func TestGoodSignatures(t *testing.T) {
	for _, ca := range []string{sealtest.SM2, sealtest.ECDSA, sealtest.RSA} {
		for _, kind := range []string{sealtest.SM2, sealtest.ECDSA, sealtest.RSA} {
			t.Run(kind+" of a CA with "+ca, func(t *testing.T) {
				root := sealtest.NewCA(t, ca, "山西CA")
				s := root.Issue(t, kind, "某医院", "12140000405700000X", nil)
				k := sealtest.Files{Roots: sealtest.PEM(root.Cert), Seals: []string{"H1,12140000405700000X"}}.Keeper(t)
				got, err := judge(k, s.Header(t, records...), records...)
				if err != nil {
					t.Fatalf("Judge() error:\n%+v", err)
				}
				want := claimwatch.Signer{Subject: got.Signer.Subject, Serial: "65", SHA256: s.SHA256()}
				if diff := cmp.Diff(got.Signer, want); diff != "" || !strings.Contains(got.Signer.Subject, "某医院") {
					t.Errorf("signer %q (-got, +want):\n%s", got.Signer.Subject, diff)
				}
				// What is kept proves by itself who signed.
				kept, err := seal.Parse(got.DER)
				if err != nil {
					t.Fatalf("Parse() error:\n%+v", err)
				}
				if err := kept.Over(got.Text()); err != nil {
					t.Errorf("Over() error:\n%+v", err)
				}
			})
		}
	}
}

func TestRefusedSignatures(t *testing.T) {
	root := sealtest.NewCA(t, sealtest.ECDSA, "CA")
	other := sealtest.NewCA(t, sealtest.ECDSA, "CA") // of the same name
	good := root.Issue(t, sealtest.ECDSA, "H1", "code-of-H1", nil)
	until := func(day time.Time) func(*x509.Certificate) {
		return func(c *x509.Certificate) { c.NotAfter = day }
	}
	expired := root.Issue(t, sealtest.ECDSA, "H1", "code-of-H1", until(at.Add(-time.Second)))
	future := root.Issue(t, sealtest.ECDSA, "H1", "code-of-H1", func(c *x509.Certificate) { c.NotBefore = at.Add(time.Second) })
	foreign := root.Issue(t, sealtest.ECDSA, "H2", "code-of-H2", nil)
	revoked := root.Issue(t, sealtest.ECDSA, "H1", "code-of-H1", nil)
	unknown := other.Issue(t, sealtest.ECDSA, "H1", "code-of-H1", nil)
	encrypts := root.Issue(t, sealtest.ECDSA, "H1", "code-of-H1", func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageKeyEncipherment })
	k := sealtest.Files{
		Roots: sealtest.PEM(root.Cert), CRL: root.Revoke(t, at, revoked),
		Seals: []string{"H1,code-of-H1", "H2,code-of-H2"}, Required: []string{"H1"},
	}.Keeper(t)
	changed := append([]string(nil), records...)
	changed[1] = strings.Replace(changed[1], "b", "c", 1)
	header := good.Header(t, records...)
	sent, _ := base64.StdEncoding.DecodeString(header)
	cases := map[string]struct {
		header  string
		records []string
		want    seal.Result
		code    claimwatch.Code
	}{
		"good":                      {header, records, "", ""},
		"without padding":           {strings.TrimRight(header, "="), records, "", ""},
		"a byte of a record":        {header, changed, seal.Broken, claimwatch.CodeInvalid},
		"a record less":             {header, records[:2], seal.Broken, claimwatch.CodeInvalid},
		"another order":             {header, []string{records[1], records[0], records[2]}, seal.Broken, claimwatch.CodeInvalid},
		"expired":                   {expired.Header(t, records...), records, seal.Expired, claimwatch.CodeForbidden},
		"not valid yet":             {future.Header(t, records...), records, seal.Expired, claimwatch.CodeForbidden},
		"another institution":       {foreign.Header(t, records...), records, seal.Foreign, claimwatch.CodeForbidden},
		"revoked":                   {revoked.Header(t, records...), records, seal.Revoked, claimwatch.CodeForbidden},
		"unknown root":              {unknown.Header(t, records...), records, seal.Untrusted, claimwatch.CodeForbidden},
		"a key for encryption":      {encrypts.Header(t, records...), records, seal.Untrusted, claimwatch.CodeForbidden},
		"1 MB":                      {strings.Repeat("A", 1<<20), records, seal.Malformed, claimwatch.CodeInvalid},
		"empty":                     {"", records, seal.Malformed, claimwatch.CodeInvalid},
		"no base64":                 {"é" + header, records, seal.Malformed, claimwatch.CodeInvalid},
		"cut":                       {base64.StdEncoding.EncodeToString(sent[:len(sent)/2]), records, seal.Malformed, claimwatch.CodeInvalid},
		"a certificate only":        {base64.StdEncoding.EncodeToString(good.Cert.Raw), records, seal.Malformed, claimwatch.CodeInvalid},
		"a record that is too long": {header, []string{""}, seal.Malformed, claimwatch.CodeInvalid},
		"too many records":          {header, many(seal.MaxRecords + 1), seal.Malformed, claimwatch.CodeInvalid},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := judge(k, c.header, c.records...)
			got, _ := seal.ResultOf(err)
			if got != c.want || err != nil && claimwatch.CodeOf(err) != c.code {
				t.Errorf("result %q, want %q; error:\n%+v", got, c.want, err)
			}
		})
	}
}

// many is so many records.
func many(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = "{}"
	}
	return list
}

func TestWhoMustSign(t *testing.T) {
	root := sealtest.NewCA(t, sealtest.ECDSA, "CA")
	s := root.Issue(t, sealtest.ECDSA, "H1", "code-of-H1", nil)
	files := sealtest.Files{Roots: sealtest.PEM(root.Cert), Seals: []string{"H1," + strings.ToUpper(s.SHA256()[:2]) + ":" + s.SHA256()[2:]}}
	for name, c := range map[string]struct {
		required []string
		verifies bool
		headers  []string
		want     seal.Result
	}{
		"nobody, unsigned":        {nil, true, nil, ""},
		"nobody, signed":          {nil, true, []string{s.Header(t, "{}")}, ""},
		"H1, unsigned":            {[]string{"H1"}, true, nil, seal.Missing},
		"all, unsigned":           {[]string{seal.All}, true, nil, seal.Missing},
		"all, signed":             {[]string{seal.All}, true, []string{s.Header(t, "{}")}, ""},
		"twice":                   {nil, true, []string{s.Header(t, "{}"), s.Header(t, "{}")}, seal.Malformed},
		"verifies none, signed":   {nil, false, []string{s.Header(t, "{}")}, seal.Unsupported},
		"verifies none, unsigned": {nil, false, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var k *seal.Keeper
			if c.verifies {
				files.Required = c.required
				k = files.Keeper(t)
			}
			header := http.Header{}
			if c.headers != nil {
				header[claimwatch.HeaderSignature] = c.headers
			}
			u, err := k.Open(header, "H1")
			if got, _ := seal.ResultOf(err); got != c.want || (err == nil) != (c.want == "") {
				t.Fatalf("Open() error, want %q:\n%+v", c.want, err)
			}
			if err == nil && (u != nil) != (c.headers != nil) {
				t.Errorf("an upload to judge: %v, want %v", u != nil, c.headers != nil)
			}
		})
	}
}

func TestKeeperRefusesConfiguration(t *testing.T) {
	root, other := sealtest.NewCA(t, sealtest.SM2, "CA"), sealtest.NewCA(t, sealtest.SM2, "another")
	good := sealtest.Files{Roots: sealtest.PEM(root.Cert), CRL: root.Revoke(t, at), Seals: []string{"H1,code-of-H1"}}
	for name, change := range map[string]func(f *sealtest.Files, c *seal.Config){
		"":                         func(*sealtest.Files, *seal.Config) {},
		"no certificate":           func(f *sealtest.Files, _ *seal.Config) { f.Roots = []byte("nothing") },
		"list of another CA":       func(f *sealtest.Files, _ *seal.Config) { f.CRL = other.Revoke(t, at) },
		"list that is none":        func(f *sealtest.Files, _ *seal.Config) { f.CRL = []byte("nothing") },
		"a seal too short":         func(f *sealtest.Files, _ *seal.Config) { f.Seals = []string{"H1,1"} },
		"a row of three":           func(f *sealtest.Files, _ *seal.Config) { f.Seals = []string{"H1,code-of-H1,x"} },
		"who must sign has none":   func(f *sealtest.Files, _ *seal.Config) { f.Required = []string{"H2"} },
		"no seals":                 func(_ *sealtest.Files, c *seal.Config) { c.Seals = "" },
		"a file that is not there": func(_ *sealtest.Files, c *seal.Config) { c.Roots += "x" },
		"no roots":                 func(_ *sealtest.Files, c *seal.Config) { c.Roots = "" },
	} {
		t.Run(name, func(t *testing.T) {
			f, cfg := good, seal.Config{}
			change(&f, &cfg)
			written := f.Write(t, t.TempDir())
			change(&f, &written)
			if _, err := seal.NewKeeper(written); (err == nil) != (name == "") {
				t.Errorf("NewKeeper() error:\n%+v", err)
			}
		})
	}
}

// A file that was spoiled changes nothing, one that is good is used at once.
func TestReload(t *testing.T) {
	root := sealtest.NewCA(t, sealtest.ECDSA, "CA")
	s := root.Issue(t, sealtest.ECDSA, "H1", "code-of-H1", nil)
	cfg := sealtest.Files{Roots: sealtest.PEM(root.Cert), CRL: root.Revoke(t, at), Seals: []string{"H1,code-of-H1"}}.Write(t, t.TempDir())
	k, err := seal.NewKeeper(cfg)
	if err != nil {
		t.Fatal(err)
	}
	header := s.Header(t, records...)
	if err := os.WriteFile(cfg.CRL, []byte("spoiled"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := k.Reload(); err == nil {
		t.Error("Reload() takes a spoiled list")
	}
	if _, err := judge(k, header, records...); err != nil {
		t.Errorf("after a spoiled file, Judge() error:\n%+v", err)
	}
	if err := os.WriteFile(cfg.CRL, root.Revoke(t, at.Add(-time.Hour), s), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := k.Reload(); err != nil {
		t.Fatalf("Reload() error:\n%+v", err)
	}
	if _, err := judge(k, header, records...); err == nil {
		t.Error("a seal that was revoked is taken after Reload()")
	}
	if k.Outdated(at) || !k.Outdated(at.AddDate(0, 2, 0)) {
		t.Error("Outdated() does not go by the next update of the list")
	}
}

// TestOpenSSL signs as docs/signatures.md tells hospitals to.
func TestOpenSSL(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl is not installed")
	}
	for _, kind := range []string{sealtest.ECDSA, sealtest.RSA} {
		root := sealtest.NewCA(t, kind, "CA")
		s := root.Issue(t, kind, "H1", "code-of-H1", nil)
		dir := t.TempDir()
		for name, text := range map[string][]byte{
			"seal.pem": sealtest.PEM(s.Cert), "ca.pem": sealtest.PEM(root.Cert), "seal.key": s.KeyPEM(t), "records.ndjson": []byte("{\"a\":1}\n{\"b\":2}\n"),
		} {
			if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		script := exec.Command("sh", "-ec", `
			{ echo claimwatch-records-sha256-1
			  while IFS= read -r line; do printf %s "$line" | sha256sum | cut -c1-64; done < records.ndjson; } > list
			openssl cms -sign -binary -in list -signer seal.pem -inkey seal.key -certfile ca.pem -md sha256 -outform DER | base64 -w0`)
		script.Dir = dir
		header, err := script.Output()
		if err != nil {
			t.Fatal(err)
		}
		// And what the product's own client signs, openssl takes.
		ours, _ := base64.StdEncoding.DecodeString(s.Header(t, `{"a":1}`, `{"b":2}`))
		if err := os.WriteFile(filepath.Join(dir, "ours.p7s"), ours, 0o600); err != nil {
			t.Fatal(err)
		}
		check := exec.Command("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "ours.p7s", "-content", "list", "-CAfile", "ca.pem", "-purpose", "any")
		check.Dir = dir
		if out, err := check.CombinedOutput(); err != nil {
			t.Errorf("%s: openssl refuses: %v\n%s", kind, err, out)
		}
		k := sealtest.Files{Roots: sealtest.PEM(root.Cert), Seals: []string{"H1,code-of-H1"}}.Keeper(t)
		if _, err := judge(k, string(header), `{"a":1}`, `{"b":2}`); err != nil {
			t.Errorf("%s signed with openssl, Judge() error:\n%+v", kind, err)
		}
	}
}

// overlapping is BER of which each element reaches out of the one around it: whoever
// reads on behind the inner one reads everything twice, at each of the levels.
func overlapping() []byte {
	return append(bytes.Repeat([]byte{0x30, 0x02, 0x30, 0x7f}, 100), make([]byte, 300)...)
}

func TestOverlappingElementsAreRefusedAtOnce(t *testing.T) {
	done := make(chan error, 1)
	go func() {
		_, err := seal.Parse(overlapping())
		done <- err
	}()
	select {
	case err := <-done:
		if result, _ := seal.ResultOf(err); result != seal.Malformed {
			t.Errorf("Parse() error:\n%+v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("Parse() does not come back")
	}
}

// Programs that write while they sign give lengths of the indefinite form.
func TestIndefiniteLengths(t *testing.T) {
	root := sealtest.NewCA(t, sealtest.ECDSA, "CA")
	s := root.Issue(t, sealtest.ECDSA, "H1", "code-of-H1", nil)
	der, _ := base64.StdEncoding.DecodeString(s.Header(t, records...))
	outer := append([]byte{0x30, 0x80}, der[4:]...) // SEQUENCE with two bytes of length
	k := sealtest.Files{Roots: sealtest.PEM(root.Cert), Seals: []string{"H1,code-of-H1"}}.Keeper(t)
	if _, err := judge(k, base64.StdEncoding.EncodeToString(append(outer, 0, 0)), records...); err != nil {
		t.Errorf("Judge() error:\n%+v", err)
	}
	if _, err := judge(k, base64.StdEncoding.EncodeToString(outer), records...); err == nil {
		t.Error("an element without its end is taken")
	}
	if _, err := judge(k, base64.StdEncoding.EncodeToString(append(der, 0)), records...); err == nil {
		t.Error("a byte behind the signature is taken")
	}
}

// FuzzReadHeader looks for headers that end the process, and for broken ones that are taken.
func FuzzReadHeader(f *testing.F) {
	root := sealtest.NewCA(f, sealtest.SM2, "CA")
	s := root.Issue(f, sealtest.SM2, "H1", "code-of-H1", nil)
	header := s.Header(f, "{}")
	der, _ := base64.StdEncoding.DecodeString(header)
	for _, seed := range [][]byte{der, der[:40], {0x30, 0x80}, {0x30, 0x82, 0xff}, {0x1f, 0xff}, overlapping()} {
		f.Add(seed)
	}
	var other seal.List
	other.Add("another record")
	f.Fuzz(func(t *testing.T, der []byte) {
		signed, err := seal.ReadHeader(base64.StdEncoding.EncodeToString(der))
		if err != nil {
			if _, known := seal.ResultOf(err); !known {
				t.Errorf("ReadHeader() error without a result:\n%+v", err)
			}
			return
		}
		if signed.Over(other.Text()) == nil {
			t.Error("a signature is good for what was never signed")
		}
		_ = signed.Signer()
	})
}
