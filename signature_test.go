package claimwatch

import (
	"bytes"
	"testing"
)

// TestSignedText holds what hospitals sign, byte for byte: a changed one would make
// every signature that is kept worthless.
func TestSignedText(t *testing.T) {
	s := Signature{Digests: append(bytes.Repeat([]byte{0xab}, 32), bytes.Repeat([]byte{0x01}, 32)...)}
	want := "claimwatch-records-sha256-1\n" +
		"abababababababababababababababababababababababababababababababab\n" +
		"0101010101010101010101010101010101010101010101010101010101010101\n"
	if got := string(s.Text()); got != want {
		t.Errorf("Text() = %q, want %q", got, want)
	}
	if got, ok := SignedDigests([]byte(want)); !ok || !bytes.Equal(got, s.Digests) {
		t.Errorf("SignedDigests() = %x, %v", got, ok)
	}
	for name, text := range map[string]string{
		"nothing": "", "no heading": want[28:], "another heading": "x" + want, "no last newline": want[:len(want)-1],
		"capitals": want[:28] + "AB" + want[30:], "a short line": want[:28] + want[30:], "lines run together": want[:92] + want[93:],
	} {
		if _, ok := SignedDigests([]byte(text)); ok {
			t.Errorf("SignedDigests() takes %s", name)
		}
	}
}
