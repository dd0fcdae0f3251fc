package proof_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"claimwatch/audit/proof"
)

var update = flag.Bool("update", false, "write golden files anew; a change breaks every head that was published")

// seed is not random: the bytes of an Ed25519 signature are a function of key and text.
const seed = "PRIVATE+KEY+claimwatch/test+" // completed by testKey

func testKey(t testing.TB, algorithm proof.Algorithm) (*proof.Signer, *proof.Verifier) {
	t.Helper()
	var source interface{ Read([]byte) (int, error) } = bytes.NewReader(bytes.Repeat([]byte{7}, 1<<12))
	if algorithm == proof.SM2 {
		source = rand.Reader
	}
	private, public, err := proof.GenerateKey(source, algorithm, "claimwatch/test")
	if err != nil {
		t.Fatalf("GenerateKey() error:\n%+v", err)
	}
	if !strings.HasPrefix(private, seed) {
		t.Fatalf("the private key is %q", private)
	}
	signer, err := proof.NewSigner(private+"\n", rand.Reader)
	if err != nil {
		t.Fatalf("NewSigner() error:\n%+v", err)
	}
	verifier, err := proof.NewVerifier(public)
	if err != nil {
		t.Fatalf("NewVerifier() error:\n%+v", err)
	}
	if verifier.String() != public || signer.String() != public {
		t.Errorf("public keys: made %s, of the signer %s, read %s", public, signer, verifier)
	}
	return signer, verifier
}

func checkpoint(n uint64, tree *proof.Tree) proof.Checkpoint {
	root, err := tree.Root(n)
	if err != nil {
		panic(err)
	}
	return proof.Checkpoint{Size: n, Root: root, Head: strings.Repeat("ab", 32), At: 1_772_000_000_123}
}

func grown(n int) (*proof.Tree, [][]byte) {
	tree, bodies := &proof.Tree{}, [][]byte{}
	for i := range n {
		bodies = append(bodies, fmt.Appendf(nil, "entry %d", i+1))
		tree.Append(proof.Leaf(bodies[i]))
	}
	return tree, bodies
}

// naive is RFC 6962, section 2.1, word for word.
func naive(bodies [][]byte) proof.Hash {
	switch len(bodies) {
	case 0:
		return proof.Hash{}
	case 1:
		return tlog.RecordHash(bodies[0])
	}
	k := 1
	for k*2 < len(bodies) {
		k *= 2
	}
	return tlog.NodeHash(naive(bodies[:k]), naive(bodies[k:]))
}

// Every record of every size has a proof that only its own body passes, and every
// size is continued by every later one.
func TestTree(t *testing.T) {
	const most = 33
	tree, bodies := grown(most)
	for size := uint64(1); size <= most; size++ {
		now := checkpoint(size, tree)
		if want := naive(bodies[:size]); now.Root != want {
			t.Fatalf("Root(%d) is %s, want %s", size, now.Root, want)
		}
		for seq := uint64(1); seq <= size; seq++ {
			hashes, err := tree.Inclusion(seq, size)
			if err != nil {
				t.Fatalf("Inclusion(%d, %d) error:\n%+v", seq, size, err)
			}
			if err := proof.CheckInclusion(hashes, seq, proof.Leaf(bodies[seq-1]), now); err != nil {
				t.Errorf("CheckInclusion(%d, %d) error:\n%+v", seq, size, err)
			}
			if proof.CheckInclusion(hashes, seq, proof.Leaf([]byte("another")), now) == nil {
				t.Errorf("CheckInclusion(%d, %d) takes another body", seq, size)
			}
			if seq < size && proof.CheckInclusion(hashes, seq+1, proof.Leaf(bodies[seq-1]), now) == nil {
				t.Errorf("CheckInclusion(%d, %d) takes another number", seq, size)
			}
			then := checkpoint(seq, tree)
			hashes, err = tree.Consistency(seq, size)
			if err != nil {
				t.Fatalf("Consistency(%d, %d) error:\n%+v", seq, size, err)
			}
			if err := proof.CheckConsistency(hashes, then, now); err != nil {
				t.Errorf("CheckConsistency(%d, %d) error:\n%+v", seq, size, err)
			}
			then.Root[3]++
			if proof.CheckConsistency(hashes, then, now) == nil {
				t.Errorf("CheckConsistency(%d, %d) takes another past", seq, size)
			}
		}
	}
	for _, wrong := range [][2]uint64{{0, 1}, {2, 1}, {1, most + 1}} {
		if _, err := tree.Inclusion(wrong[0], wrong[1]); err == nil {
			t.Errorf("Inclusion%v has no error", wrong)
		}
		if _, err := tree.Consistency(wrong[0], wrong[1]); err == nil {
			t.Errorf("Consistency%v has no error", wrong)
		}
	}
	if _, err := tree.Root(most + 1); err == nil {
		t.Error("Root beyond the end has no error")
	}
	if _, there := tree.Leaf(most + 1); there {
		t.Error("Leaf beyond the end is there")
	}
}

// The bytes of a checkpoint are frozen: heads that stand elsewhere must verify for ever.
func TestGoldenCheckpoint(t *testing.T) {
	signer, verifier := testKey(t, proof.Ed25519)
	tree, _ := grown(5)
	signed, err := checkpoint(5, tree).Sign(signer)
	if err != nil {
		t.Fatalf("Sign() error:\n%+v", err)
	}
	got := append(signed, verifier.String()+"\n"...)
	const path = "testdata/checkpoint.golden"
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatalf("WriteFile() error:\n%+v", err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("ReadFile() error:\n%+v", err)
	}
	if diff := cmp.Diff(string(got), string(want)); diff != "" {
		t.Errorf("checkpoint (-got, +want):\n%s", diff)
	}
	if _, err := note.Open(signed, note.VerifierList(verifier)); err != nil {
		t.Errorf("note.Open() error:\n%+v", err)
	}
	standard, err := note.NewVerifier(verifier.String())
	if err != nil {
		t.Fatalf("an Ed25519 key is not one of package note:\n%+v", err)
	}
	if _, err := note.Open(signed, note.VerifierList(standard)); err != nil {
		t.Errorf("note.Open() by package note's own key error:\n%+v", err)
	}
}

// changes are the bits of a byte, one at a time and all of them.
var changes = []byte{1, 2, 4, 8, 16, 32, 64, 128, 255}

// A checkpoint opens with its key alone, and no byte of it can change.
func TestOpen(t *testing.T) {
	for _, algorithm := range []proof.Algorithm{proof.Ed25519, proof.SM2} {
		t.Run(string(algorithm), func(t *testing.T) {
			signer, verifier := testKey(t, algorithm)
			tree, _ := grown(5)
			want := checkpoint(5, tree)
			want.Origin = "claimwatch/test"
			signed, err := want.Sign(signer)
			if err != nil {
				t.Fatalf("Sign() error:\n%+v", err)
			}
			got, by, err := proof.Open(signed, verifier)
			if err != nil || by != verifier {
				t.Fatalf("Open() by %v error:\n%+v", by, err)
			}
			if diff := cmp.Diff(got, want); diff != "" {
				t.Errorf("Open() (-got, +want):\n%s", diff)
			}
			if got, _, err := proof.Open(signed); !errors.Is(err, proof.ErrUnsigned) || got != want {
				t.Errorf("Open() without a key gives %+v, %v", got, err)
			}
			for at := range signed {
				for _, bits := range changes {
					broken := bytes.Clone(signed)
					broken[at] ^= bits
					if c, by, err := proof.Open(broken, verifier); err == nil {
						t.Errorf("byte %d changed: Open() gives %+v by %s", at, c, by)
					}
				}
			}
			line := bytes.LastIndexByte(bytes.TrimSuffix(signed, []byte("\n")), '\n') + 1
			for _, more := range []string{string(signed[line:]), "— another AAAAAAAA\n", "\n"} {
				if _, _, err := proof.Open(append(bytes.Clone(signed), more...), verifier); err == nil {
					t.Errorf("Open() takes the note with %q added", more)
				}
			}
		})
	}
}

func TestKeysAreRefused(t *testing.T) {
	signer, _ := testKey(t, proof.Ed25519)
	public := signer.String()
	for _, text := range []string{"", "a+b+c", public[:len(public)-2], strings.Replace(public, "claimwatch", "Claimwatch", 1), "x+00000000+AAAA"} {
		if _, err := proof.NewVerifier(text); err == nil {
			t.Errorf("NewVerifier(%q) has no error", text)
		}
		if _, err := proof.NewSigner("PRIVATE+KEY+"+text, rand.Reader); err == nil {
			t.Errorf("NewSigner(%q) has no error", text)
		}
	}
	for at := range len(public) {
		for _, bits := range changes {
			text := []byte(public)
			if text[at] ^= bits; utf8.Valid(text) {
				if _, err := proof.NewVerifier(string(text)); err == nil {
					t.Errorf("NewVerifier(%q) has no error", text)
				}
			}
		}
	}
	for _, text := range []string{public + "\n", " " + public, public[:40] + "\r" + public[40:]} {
		if _, err := proof.NewVerifier(text); err == nil {
			t.Errorf("NewVerifier(%q) has no error", text)
		}
	}
	if _, err := proof.NewSigner(public, rand.Reader); err == nil {
		t.Error("NewSigner() takes a public key")
	}
	for _, name := range []string{"", "a b", "a+b"} {
		if _, _, err := proof.GenerateKey(rand.Reader, proof.SM2, name); err == nil {
			t.Errorf("GenerateKey(%q) has no error", name)
		}
	}
	if _, _, err := proof.GenerateKey(rand.Reader, "rsa", "a"); err == nil {
		t.Error("GenerateKey(rsa) has no error")
	}
}

// A file of notes is cut into what was appended, wherever its end is torn off.
func TestSplit(t *testing.T) {
	signer, _ := testKey(t, proof.Ed25519)
	tree, _ := grown(9)
	var file []byte
	var ends []int
	for n := range uint64(9) {
		signed, err := checkpoint(n+1, tree).Sign(signer)
		if err != nil {
			t.Fatalf("Sign() error:\n%+v", err)
		}
		file = append(file, signed...)
		ends = append(ends, len(file))
	}
	for cut := range len(file) + 1 {
		whole := 0
		for whole < len(ends) && ends[whole] <= cut {
			whole++
		}
		notes, rest := proof.Split(file[:cut])
		var joined []byte
		for _, piece := range notes {
			if int(piece.Byte) != len(joined) || piece.Line != 1+bytes.Count(joined, []byte("\n")) {
				t.Fatalf("cut at %d: a note begins at byte %d, line %d", cut, piece.Byte, piece.Line)
			}
			joined = append(joined, piece.Text...)
		}
		if len(notes) != whole || !bytes.Equal(append(joined, rest.Text...), file[:cut]) {
			t.Fatalf("cut at %d: %d notes and %d bytes, want %d notes", cut, len(notes), len(rest.Text), whole)
		}
	}
}

func BenchmarkAppend(b *testing.B) {
	var tree proof.Tree
	body := bytes.Repeat([]byte("x"), 1500)
	for b.Loop() {
		tree.Append(proof.Leaf(body))
	}
}
