package door_test

import (
	"bytes"
	"crypto/sha256"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"claimwatch"
	"claimwatch/ingest/decode"
	"claimwatch/ingest/door"
	"claimwatch/ingest/seal"
	"claimwatch/ingest/seal/sealtest"
	"claimwatch/ingest/wire"
)

// sealed is a door that knows one CA and the seals of H1 and H2.
type sealed struct {
	*fixture
	own, other, revoked *sealtest.Seal
}

func openSealed(t *testing.T, required ...string) *sealed {
	t.Helper()
	root := sealtest.NewCA(t, sealtest.SM2, "CA")
	s := &sealed{
		own:     root.Issue(t, sealtest.SM2, "某医院", "code-of-H1", nil),
		other:   root.Issue(t, sealtest.SM2, "H2", "code-of-H2", nil),
		revoked: root.Issue(t, sealtest.SM2, "H1", "code-of-H1", nil),
	}
	keeper := sealtest.Files{
		Roots: sealtest.PEM(root.Cert), CRL: root.Revoke(t, time.Now().Add(-time.Hour), s.revoked),
		Seals: []string{"H1,code-of-H1", "H2,code-of-H2"}, Required: required,
	}.Keeper(t)
	s.fixture = open(t, func(cfg *door.Config) { cfg.Seals = keeper })
	return s
}

func signature(value string) map[string]string {
	return map[string]string{claimwatch.HeaderSignature: value}
}

func zstded(t *testing.T, plain string) io.Reader {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(w.EncodeAll([]byte(plain), nil))
}

// Every form of a body has the same signature: that over its records.
func TestSignedUploads(t *testing.T) {
	a, b := fee("a"), fee("b")
	spread := "{\n  " + b[1:]
	cases := map[string]struct {
		query   string
		header  map[string]string
		body    func(t *testing.T) io.Reader
		records []string // as sent, refused ones too
	}{
		"lines":            {records: []string{a, bad, b}, body: plain(a + "\r\n\n" + bad + "\n" + b)},
		"byte order mark":  {records: []string{a, b}, body: plain("\ufeff" + a + "\n" + b + "\n")},
		"array":            {records: []string{a, spread}, header: map[string]string{"Content-Type": "application/json"}, body: plain("[ " + a + " ,\n" + spread + "]\n")},
		"gzip":             {records: []string{a, b}, header: map[string]string{"Content-Encoding": "gzip"}, body: func(*testing.T) io.Reader { return bytes.NewReader(packed([]byte(a + "\n" + b))) }},
		"zstd":             {records: []string{a, b}, header: map[string]string{"Content-Encoding": "zstd"}, body: func(t *testing.T) io.Reader { return zstded(t, a+"\n"+b) }},
		"atomic":           {query: "?atomic=true", records: []string{a, b}, body: plain(a + "\n" + b)},
		"tabs in a record": {records: []string{"{\t" + a[1:]}, body: plain("{\t" + a[1:])},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := openSealed(t, "H1")
			header := signature(f.own.Header(t, c.records...))
			for name, value := range c.header {
				header[name] = value
			}
			got := post(t, f, c.query, header, c.body(t))
			if got.status != http.StatusAccepted || got.receipt.SignedBy == nil || got.receipt.SignedBy.SHA256 != f.own.SHA256() {
				t.Fatalf("answer %d, %+v, %+v", got.status, got.receipt, got.problem)
			}
			f.checkKept(t, c.records)
			if n := metric(t, f.registry, `claimwatch_ingest_signatures_total{result="good"}`); n != 1 {
				t.Errorf("%v good signatures were counted, want 1", n)
			}
		})
	}
}

func plain(text string) func(*testing.T) io.Reader {
	return func(*testing.T) io.Reader { return strings.NewReader(text) }
}

// checkKept proves every record of the log with its own message alone.
func (s *sealed) checkKept(t *testing.T, sent []string) {
	t.Helper()
	m := s.log.records[0]
	u, err := wire.ReadUpload(m)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := seal.Parse(u.Signature.DER)
	if err != nil {
		t.Fatal(err)
	}
	if err := kept.Over(u.Signature.Text()); err != nil {
		t.Errorf("Over() error:\n%+v", err)
	}
	if len(u.Signature.Digests) != len(sent)*sha256.Size {
		t.Errorf("%d hashes are kept, want those of %d records", len(u.Signature.Digests)/sha256.Size, len(sent))
	}
	for rest := string(m.Value); rest != ""; {
		var line wire.Line
		line, rest = wire.CutLine(rest)
		line, text, ok := line.Signed()
		sum := sha256.Sum256([]byte(text))
		if !ok || text != sent[line.Index] || !bytes.Equal(sum[:], u.Signature.Digests[line.Index*sha256.Size:][:sha256.Size]) {
			t.Errorf("record %d is kept as %q, want %q", line.Index, text, sent[line.Index])
		}
		r, fault := decode.Decode([]byte(line.JSON), decode.Options{FromLog: true})
		if fault != nil || string(claimwatch.AppendCanonical(nil, &r)) != line.JSON {
			t.Errorf("record %d is not in its canonical form: %s, %v", line.Index, line.JSON, fault)
		}
	}
	for _, m := range s.log.quarantine {
		if u, err := wire.ReadQuarantineUpload(m); err != nil || u.Signature != nil {
			t.Errorf("upload of the quarantine %+v, error %v", u, err)
		}
	}
}

func TestRefusedSignaturesStoreNothing(t *testing.T) {
	records := []string{fee("a"), bad}
	body := strings.Join(records, "\n")
	cases := map[string]struct {
		header func(s *sealed) map[string]string
		body   string
		status int
		code   claimwatch.Code
		result seal.Result
	}{
		"another institution": {func(s *sealed) map[string]string { return signature(s.other.Header(t, records...)) }, body, 403, claimwatch.CodeForbidden, seal.Foreign},
		"revoked":             {func(s *sealed) map[string]string { return signature(s.revoked.Header(t, records...)) }, body, 403, claimwatch.CodeForbidden, seal.Revoked},
		"missing":             {func(*sealed) map[string]string { return nil }, body, 403, claimwatch.CodeForbidden, seal.Missing},
		"one byte":            {func(s *sealed) map[string]string { return signature(s.own.Header(t, records...)) }, strings.Replace(body, "35.00", "36.00", 1), 422, claimwatch.CodeInvalid, seal.Broken},
		"a byte behind":       {func(s *sealed) map[string]string { return signature(s.own.Header(t, records...)) }, body + " ", 422, claimwatch.CodeInvalid, seal.Broken},
		"1 MB":                {func(*sealed) map[string]string { return signature(strings.Repeat("A", 1<<20)) }, body, 422, claimwatch.CodeInvalid, seal.Malformed},
		"a record over 1 MiB": {func(s *sealed) map[string]string { return signature(s.own.Header(t, records...)) }, body + "\n" + strings.Repeat("x", decode.MaxLine+1), 422, claimwatch.CodeInvalid, seal.Malformed},
		"1,001 records": {
			func(s *sealed) map[string]string { return signature(s.own.Header(t, records...)) },
			strings.Repeat("{}\n", seal.MaxRecords+1), 422, claimwatch.CodeInvalid, seal.Malformed,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := openSealed(t, seal.All)
			got := post(t, f, "", c.header(f), strings.NewReader(c.body))
			if got.status != c.status || got.problem.Code != c.code || got.problem.Field != claimwatch.HeaderSignature || len(got.problem.Detail) < 20 {
				t.Errorf("answer %d, %+v", got.status, got.problem)
			}
			if len(f.log.order) != 0 {
				t.Errorf("a refused upload was written: %v", f.log.order)
			}
			if n := metric(t, f.registry, `claimwatch_ingest_signatures_total{result="`+string(c.result)+`"}`); n != 1 {
				t.Errorf("%v were counted as %s, want 1", n, c.result)
			}
		})
	}
}

// A signature that nobody verifies would be taken for one that counts.
func TestServerThatVerifiesNone(t *testing.T) {
	f := open(t, nil)
	got := post(t, f, "", signature("AAAA"), strings.NewReader(fee("a")))
	if got.status != 422 || got.problem.Code != claimwatch.CodeInvalid || len(f.log.order) != 0 {
		t.Errorf("answer %d, %+v", got.status, got.problem)
	}
	got = post(t, f, "", nil, strings.NewReader(fee("a")))
	if got.status != 202 || got.receipt.SignedBy != nil {
		t.Errorf("answer %d, %+v", got.status, got.receipt)
	}
	u, err := wire.ReadUpload(f.log.records[0])
	if diff := cmp.Diff(u.Signature, (*claimwatch.Signature)(nil)); diff != "" || err != nil {
		t.Errorf("signature of an unsigned upload (-got, +want), %v:\n%s", err, diff)
	}
}
