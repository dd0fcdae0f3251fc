package wire_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/ingest/seal"
	"claimwatch/ingest/wire"
)

func TestSignatureSurvivesTheWire(t *testing.T) {
	upload := claimwatch.Upload{
		ReceiptID: "r_1", InstitutionID: "H1", ReceivedAt: receivedAt, Signature: &claimwatch.Signature{
			DER: []byte{0x30, 0, 0xff, '\n'}, Digests: bytes.Repeat([]byte{0xfe}, 64), Signer: claimwatch.Signer{Subject: "CN=某医院", Serial: "65", SHA256: "ab"},
		},
	}
	var packed wire.Records
	for i := range 2 {
		if !packed.AddSigned(i, careRecord("a"), "{\n\t\"a\" }") {
			t.Fatal("AddSigned() = false")
		}
	}
	m := packed.Messages(upload)[0]
	upload.Chunks = 1
	got, err := wire.ReadUpload(m)
	if diff := cmp.Diff(got, upload); diff != "" || err != nil {
		t.Errorf("ReadUpload() (-got, +want), %v:\n%s", err, diff)
	}
	if n := wire.CountLines(string(m.Value)); n != 2 {
		t.Errorf("%d lines, want 2", n)
	}
	line, _ := wire.CutLine(string(m.Value))
	line, sent, ok := line.Signed()
	if want := string(claimwatch.AppendCanonical(nil, careRecord("a"))); line.JSON != want || sent != "{\n\t\"a\" }" || !ok {
		t.Errorf("line %q, sent %q", line.JSON, sent)
	}
	for header, value := range map[string]string{"signature": "", "digests": "short", "signed_by": "{"} {
		broken := m
		broken.Headers = map[string]string{}
		for k, v := range m.Headers {
			broken.Headers[k] = v
		}
		broken.Headers[header] = value
		if _, err := wire.ReadUpload(broken); claimwatch.CodeOf(err) != claimwatch.CodeFormat {
			t.Errorf("%s %q: ReadUpload() error:\n%+v", header, value, err)
		}
	}
}

// What a record is sent as comes back byte for byte, whatever it holds.
func TestSentBytesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sent := rapid.StringMatching(`[ -~\n\t\r语]{1,80}`).Draw(t, "sent")
		var packed wire.Records
		packed.AddSigned(7, careRecord("a"), sent)
		packed.AddSigned(8, careRecord("b"), "x")
		line, rest := wire.CutLine(string(packed.Messages(claimwatch.Upload{})[0].Value))
		_, got, ok := line.Signed()
		if got != sent || !ok {
			t.Fatalf("%q came back as %q", sent, got)
		}
		if line, _ := wire.CutLine(rest); line.Index != 8 {
			t.Fatalf("the next line is %d", line.Index)
		}
	})
}

// The log takes at most 64,000 bytes of key and headers beside a full value.
func TestSignatureFitsIntoHeaders(t *testing.T) {
	var packed wire.Records
	packed.AddSigned(0, careRecord("a"), "{}")
	m := packed.Messages(claimwatch.Upload{
		ReceiptID: strings.Repeat("r", 64), InstitutionID: strings.Repeat("H", 64), ReceivedAt: receivedAt, Atomic: true,
		Signature: &claimwatch.Signature{
			DER: make([]byte, seal.MaxBytes), Digests: make([]byte, 32*seal.MaxRecords), Signer: claimwatch.Signer{Subject: strings.Repeat("<", 515)},
		},
	})[0]
	size := len(m.Key)
	for k, v := range m.Headers {
		size += len(k) + len(v) + 16
	}
	if size > 60_000 {
		t.Errorf("key and headers take %d bytes", size)
	}
}
