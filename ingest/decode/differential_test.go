package decode

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// compare decodes a line with both decoders and wants one answer.
func compare(t *testing.T, line string, o Options) {
	t.Helper()
	var got, want claimwatch.Record
	gotFault := New(o).Decode(line, &got)
	wantFault := strictDecode(line, o, &want)
	if diff := cmp.Diff(wantFault, gotFault); diff != "" {
		t.Fatalf("Decode(%q) fault (-strict, +scanner):\n%s", line, diff)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("Decode(%q) record (-strict, +scanner):\n%s", line, diff)
	}
}

// optionsFor varies the options with the input, so that fuzzing reaches them.
func optionsFor(choice byte) Options {
	o := testOptions
	o.FromLog = choice&1 != 0
	if choice&2 != 0 {
		o.InstitutionID = ""
	}
	return o
}

func FuzzDecode(f *testing.F) {
	for i, line := range samples(4) {
		f.Add([]byte(line), byte(i%4))
	}
	for _, c := range recordCases {
		f.Add([]byte(c.line(f)), byte(0))
	}
	f.Fuzz(func(t *testing.T, line []byte, choice byte) {
		compare(t, string(line), optionsFor(choice))
	})
}

// TestMutations walks the neighbourhood of legal records, which a short run of
// the fuzzer reaches rarely.
func TestMutations(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	pieces := []string{
		`"`, `\`, `{`, `}`, `[`, `]`, `,`, `:`, "\x00", "\t", "\x7f", "\xff", "\u200b", "null", `""`, `"kind"`, `\ud800`,
		`\u0000`, "-", "0", ".", "e5", "1", " ", "é", "true", "｜", "|", `\u0041`, `\n`, "２", "Z", "+24:00", ":60",
	}
	for _, line := range samples(30) {
		for range 40 {
			mutated := []byte(line)
			for range 1 + rng.IntN(2) {
				at := rng.IntN(len(mutated))
				switch rng.IntN(4) {
				case 0:
					mutated = bytes.Join([][]byte{mutated[:at], mutated[min(at+1+rng.IntN(3), len(mutated)):]}, nil)
				case 1:
					mutated[at] = byte(rng.IntN(256))
				case 2:
					mutated[at] = "0123456789-.TZ:+"[rng.IntN(16)]
				default:
					mutated = bytes.Join([][]byte{mutated[:at], []byte(pick(rng, pieces...)), mutated[at:]}, nil)
				}
				if len(mutated) == 0 {
					mutated = []byte("{")
				}
			}
			compare(t, string(mutated), optionsFor(byte(rng.IntN(4))))
		}
	}
}

// TestScannerReadsOrdinaryRecords holds the claim that the slow decoder is for
// the odd ones: a sample without escaped quotes never needs it.
func TestScannerReadsOrdinaryRecords(t *testing.T) {
	d := New(testOptions)
	for _, line := range samples(50) {
		var r claimwatch.Record
		if bytes.Contains([]byte(line), []byte(`\"`)) {
			continue
		}
		if !d.scan(line, &r) {
			t.Errorf("scan(%s) = false, want true", line)
		}
	}
}

func TestIsPlainAgreesWithUnicode(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if want := !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp); isPlain(r) != want {
			t.Errorf("isPlain(%U) = %v, want %v", r, !want, want)
		}
	}
}
