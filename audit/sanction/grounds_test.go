package sanction

import (
	"os"
	"strings"
	"testing"

	"claimwatch/audit/matter"
)

// TestGroundTexts: every ground that a sanction may name has the text of its item,
// letter by letter as the law has it.
func TestGroundTexts(t *testing.T) {
	law, err := os.ReadFile("../../../shared/law/shanxi-2022-measures.txt")
	if err != nil {
		t.Skip("../shared/law is not there: the texts cannot be compared")
	}
	for _, code := range matter.Grounds() {
		text := GroundText(code)
		if text == "" || !strings.Contains(string(law), ")"+text) {
			t.Errorf("ground %s = %q, which is no item of the law", code, text)
		}
	}
	if GroundText("38.5") != "" {
		t.Error("Art. 38 has four items")
	}
}
