package claimwatch

import (
	"strings"
	"testing"
)

func TestCheckPolicy(t *testing.T) {
	for _, name := range PolicyNames() {
		if err := CheckPolicy(PolicyName(name), PolicyDefault(PolicyName(name))); err != nil {
			t.Errorf("CheckPolicy(%s, its default) error:\n%+v", name, err)
		}
	}
	for name, values := range map[PolicyName][]string{
		PolicySecondFrom: {"", "-1.00", "1.005", "many"}, PolicyPayDay: {"0", "29", "025", "25.0"},
		PolicyBondBase: {"", "Approved", "both"}, "nonsense": {"1"}, PolicyReviewBody: {"", strings.Repeat("府", 65)},
	} {
		for _, value := range values {
			if err := CheckPolicy(name, value); err == nil {
				t.Errorf("CheckPolicy(%s, %q) takes it", name, value)
			}
		}
	}
}
