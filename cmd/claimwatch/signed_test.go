package main

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"claimwatch"
	"claimwatch/audit/evidence"
	"claimwatch/audit/proof"
	"claimwatch/ingest/seal/sealtest"
)

// startSigned is a server that verifies signatures of the files in a directory.
func startSigned(t *testing.T, dir string, files sealtest.Files) *server {
	t.Helper()
	cfg := files.Write(t, dir)
	s := &server{data: t.TempDir(), address: loopback(t), ops: loopback(t)}
	config := written(t, "serve.yaml", fmt.Sprintf("listen: %q\nops_listen: %q\ndata: %q\nclock: event\nlog_level: info\n"+
		"signatures: {roots: %q, crl: %q, seals: %q, required: [H1]}\n", s.address, s.ops, s.data, cfg.Roots, cfg.CRL, cfg.Seals))
	s.started = begin(t, "serve", "--config", config)
	t.Cleanup(s.cancel)
	s.ready(t)
	return s
}

// TestSignedRecords follows signed records from the hospital's system into the pack
// that a judge opens.
func TestSignedRecords(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	ca := sealtest.NewCA(t, sealtest.SM2, "山西CA")
	own := ca.Issue(t, sealtest.SM2, "某医院", "12140000405700000X", nil)
	dir := t.TempDir()
	s := startSigned(t, dir, sealtest.Files{
		Roots: sealtest.PEM(ca.Cert), CRL: ca.Revoke(t, time.Now().Add(-time.Hour)), Seals: []string{"H1,12140000405700000X"},
	})
	hospital := s.key(t, "--institution", "H1")
	certificate, key := written(t, "seal.pem", string(sealtest.PEM(own.Cert, ca.Cert))), written(t, "seal.key", string(own.KeyPEM(t)))
	sign := func(file string) []string { return []string{"upload", "--sign", certificate, "--sign-key", key, file} }

	s.good(t, "", "reference", "load", "institutions", written(t, "institutions.csv", institutionRows))
	spread := strings.Replace(fee("F2", "P1", "S1", "12.5"), ",", " ,\t", 1) // not in canonical form
	file := written(t, "records.ndjson", strings.Join([]string{
		byteOrderMark + admission("P1", "S1"), order("P1", "S1"), fee("F9", "P1", "S1", "12.505"), fee("F1", "P1", "S1", "12.50") + "\r", spread,
		admission("P2", "S2"),
	}, "\n"))
	s.bad(t, exitFailed, "forbidden (403)", hospital, "upload", file)
	s.bad(t, exitUsage, "given together", hospital, "upload", "--sign", certificate, file)
	s.bad(t, exitUsage, "not that of the first", hospital, "upload", "--sign", written(t, "ca.pem", string(sealtest.PEM(ca.Cert))), "--sign-key", key, file)
	says(t, "the upload", s.good(t, hospital, sign(file)...), "6 rows: 5 accepted, 0 duplicate, 1 refused")
	s.idle(t)

	finding := decoded[struct {
		ID string `json:"finding_id"`
	}](t, s.good(t, "", "findings", "--rule", "FEE-001", "--json"))[0]
	pack := filepath.Join(t.TempDir(), "pack.zip")
	s.good(t, "", "evidence", finding.ID, "--out", pack)
	roots := filepath.Join(dir, "roots.pem")
	says(t, "verify", offline(t, exitDone, "verify", pack, "--ca", roots), "whole\n",
		"records of H1 sealed by CN=某医院", "serial 65", own.SHA256(), "(of a CA that was given)")
	says(t, "verify without a CA", offline(t, exitDone, "verify", pack), "not held against a CA")
	other := written(t, "other.pem", string(sealtest.PEM(sealtest.NewCA(t, sealtest.SM2, "another").Cert)))
	says(t, "verify against another CA", offline(t, exitFailed, "verify", pack, "--ca", other), "unsigned: signatures/")
	testForgedPacks(t, pack)
	testReceiptOfPack(t, s, pack, own.SHA256())

	testSignedAtomic(t, s, hospital, own, roots)

	// A seal that is revoked while the server runs.
	must(t, os.WriteFile(filepath.Join(dir, "revoked.crl"), ca.Revoke(t, time.Now().Add(-time.Minute), own), 0o600))
	must(t, syscall.Kill(os.Getpid(), syscall.SIGHUP))
	eventually(t, "the list is read", func() bool { return strings.Contains(s.errs.String(), "certificates and seals replaced") })
	s.bad(t, exitFailed, "revoked", hospital, sign(written(t, "more.ndjson", fee("F5", "P1", "S1", "12.50")))...)
	same(t, "exit", s.stop(t), exitDone)
}

// testSignedAtomic: an atomic upload of several messages becomes visible with its last
// one; the pack finds its records all the same.
func testSignedAtomic(t *testing.T, s *server, hospital string, own *sealtest.Seal, roots string) {
	lines := []string{admission("P7", "S7"), order("P7", "S7")}
	for i := range 800 {
		line := strings.Replace(fee(fmt.Sprintf("L%03d", i), "P7", "S7", "12.50"), "blood count", strings.Repeat("血", 200), 1)
		if i > 1 { // the first two are one service twice
			line = strings.Replace(line, "09:00:00", fmt.Sprintf("%02d:%02d:00", 9+i/100, i%60), 1)
		}
		lines = append(lines, line)
	}
	c, err := clientFlags{Server: "http://" + s.address, Key: hospital}.client()
	must(t, err)
	var receipt claimwatch.Receipt
	must(t, c.call(t.Context(), request{
		method: "POST", path: "/v1/records", query: url.Values{"atomic": {"true"}, "wait": {"30"}}, contentType: "application/x-ndjson",
		body: strings.NewReader(strings.Join(lines, "\n")), signature: own.Header(t, lines...),
	}, &receipt))
	if receipt.Accepted != len(lines) || !receipt.Settled {
		t.Fatalf("receipt %+v", receipt)
	}
	s.idle(t)
	finding := decoded[struct {
		ID string `json:"finding_id"`
	}](t, s.good(t, "", "findings", "--rule", "FEE-001", "--person", "P7", "--json"))[0]
	pack := filepath.Join(t.TempDir(), "pack.zip")
	s.good(t, "", "evidence", finding.ID, "--out", pack)
	says(t, "verify", offline(t, exitDone, "verify", pack, "--ca", roots), "whole\n", "records of H1 sealed by CN=某医院")
}

// parts reads a pack.
func parts(t *testing.T, pack string) (files []evidence.Part, of map[string][]byte) {
	t.Helper()
	places, _ := evidence.Read(mustRead(t, pack))
	of = map[string][]byte{}
	for _, place := range places {
		of[place.Name] = place.Body
		if place.Name != evidence.FileNote && place.Name != evidence.FileManifest {
			files = append(files, place.Part)
		}
	}
	return files, of
}

// testReceiptOfPack: receipt and pack name the same signer.
func testReceiptOfPack(t *testing.T, s *server, pack, sha256 string) {
	_, of := parts(t, pack)
	for name, text := range of {
		if !strings.HasPrefix(name, "receipts/") {
			continue
		}
		for what, text := range map[string][]byte{"pack": text, "API": s.bytes(t, "/v1/"+strings.TrimSuffix(name, ".json"))} {
			var receipt claimwatch.Receipt
			must(t, json.Unmarshal(text, &receipt))
			if receipt.SignedBy == nil || receipt.SignedBy.SHA256 != sha256 || !strings.Contains(receipt.SignedBy.Subject, "某医院") {
				t.Errorf("receipt of the %s: %s", what, text)
			}
		}
		return
	}
	t.Error("the pack has no receipt")
}

// testForgedPacks: whoever holds the server, and with it the key that signs packs,
// still cannot put words into the hospital's mouth.
func testForgedPacks(t *testing.T, pack string) {
	private, public, err := proof.GenerateKey(rand.Reader, proof.Ed25519, "claimwatch/forger")
	must(t, err)
	signer, err := proof.NewSigner(private, rand.Reader)
	must(t, err)
	dearer := func(body []byte) []byte { return []byte(strings.ReplaceAll(string(body), `12.5`, `99.5`)) }
	sum := func(body []byte) string { s := sha256.Sum256(body); return hex.EncodeToString(s[:]) }
	for name, c := range map[string]struct {
		forge func(part *evidence.Part, of map[string][]byte)
		says  string
	}{
		"nothing": {func(*evidence.Part, map[string][]byte) {}, ""},
		"the record": {func(part *evidence.Part, of map[string][]byte) {
			switch {
			case strings.HasSuffix(part.Name, "/F1.r1.json"):
				part.Body = dearer(part.Body)
			case part.Name == evidence.FileRecords:
				old := of["records/H1/fee/F1.r1.json"]
				part.Body = []byte(strings.ReplaceAll(string(part.Body), sum(old), sum(dearer(old))))
			}
		}, "records/H1/fee/F1.r1.json, byte"},
		"the record as it was sent": {func(part *evidence.Part, _ map[string][]byte) {
			if strings.HasSuffix(part.Name, "/F1.r1.sent") {
				part.Body = dearer(part.Body)
			}
		}, "records/H1/fee/F1.r1.sent"},
		"the list": {func(part *evidence.Part, of map[string][]byte) {
			sent := of["records/H1/fee/F1.r1.sent"]
			switch {
			case strings.HasSuffix(part.Name, "/F1.r1.sent"):
				part.Body = dearer(part.Body)
			case strings.HasPrefix(part.Name, "signatures/"):
				part.Body = []byte(strings.ReplaceAll(string(part.Body), sum(sent), sum(dearer(sent))))
			}
		}, ".p7s"},
		"the mark of the seal": {func(part *evidence.Part, _ map[string][]byte) {
			if part.Name == evidence.FileRecords {
				part.Body = []byte(strings.Replace(string(part.Body), `"signature_file"`, `"nothing"`, 1))
			}
		}, "note: 1 records were uploaded without a signature"},
		"its place": {func(part *evidence.Part, _ map[string][]byte) {
			if part.Name == evidence.FileRecords {
				part.Body = []byte(strings.ReplaceAll(string(part.Body), `"index":3`, `"index":576460752303423491`))
			}
		}, "it is not record 576460752303423491"},
	} {
		files, of := parts(t, pack)
		for i := range files {
			c.forge(&files[i], of)
		}
		text, err := evidence.Write(evidence.Subject{Kind: "finding", ID: "f_1", Key: public}, files, func(text string) ([]byte, error) { return proof.SignNote(text, signer) })
		must(t, err)
		forged := written(t, "forged.zip", string(text))
		var lines []string
		for line := range strings.Lines(offline(t, exitFailed, "verify", forged)) {
			if strings.Contains(line, "records/") || strings.Contains(line, "signatures/") || strings.Contains(line, "without a signature") {
				lines = append(lines, line)
			}
		}
		if c.says == "" && len(lines) > 0 || c.says != "" && (len(lines) != 1 || !strings.Contains(lines[0], c.says)) {
			t.Errorf("%s was forged, and verify says:\n%s", name, strings.Join(lines, ""))
		}
	}
}

// TestServerWithFaultyRoots does not start: records would come in that nobody verified.
func TestServerWithFaultyRoots(t *testing.T) {
	config := written(t, "serve.yaml", fmt.Sprintf("data: %q\nsignatures: {required: [all]}\n", t.TempDir()))
	code, _, errs := execute0(t, "serve", "--check", "--config", config)
	if code != exitFailed || !strings.Contains(errs, "need roots") {
		t.Errorf("exit %d: %s", code, errs)
	}
}
