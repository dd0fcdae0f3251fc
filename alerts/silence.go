package alerts

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/prometheus/alertmanager/matcher/parse"
	"github.com/prometheus/alertmanager/pkg/labels"
	"github.com/prometheus/common/model"

	"claimwatch"
)

// Silence mutes the alerts that all its matchers meet, until it ends.
type Silence struct {
	ID       string             `json:"id"`
	Matchers []string           `json:"matchers" example:"rule=\"DUP-001\"" nullable:"false"`
	By       string             `json:"by" doc:"id of the key"`
	Reason   string             `json:"reason"`
	From     claimwatch.Instant `json:"from"`
	Until    claimwatch.Instant `json:"until"`
	// City is that of a key of a city: it mutes alerts of its city only.
	City      string `json:"city,omitempty"`
	ExpiredBy string `json:"expired_by,omitempty" doc:"who ended it before its time"`
}

// matchers reads matchers in Alertmanager's syntax, one each.
func matchers(texts []string) (labels.Matchers, error) {
	var out labels.Matchers
	for _, text := range texts {
		m, err := parse.Matcher(text)
		if err != nil {
			return nil, claimwatch.Refuse(claimwatch.CodeInvalid, "%.80q is no matcher: write name=\"value\", name!=\"value\", name=~\"expression\" or name!~\"expression\"", text)
		}
		out = append(out, m)
	}
	if len(out) == 0 {
		return nil, claimwatch.Refuse(claimwatch.CodeInvalid, "name at least one matcher: a silence of everything is none that anybody meant")
	}
	return out, nil
}

// mutes says whether the silence holds at a moment for labels.
func (s *Silence) mutes(set model.LabelSet, at claimwatch.Instant) bool {
	if at < s.From || at >= s.Until || s.City != "" && string(set["city"]) != s.City {
		return false
	}
	ms, err := matchers(s.Matchers)
	return err == nil && ms.Matches(set)
}

// mutes says whether any silence holds for labels at a moment.
func (b *Book) mutes(at claimwatch.Instant) func(context.Context, model.LabelSet) bool {
	return func(_ context.Context, set model.LabelSet) bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, s := range b.silences {
			if s.mutes(set, at) {
				return true
			}
		}
		return false
	}
}

// Silences lists them, those that end last first.
func (b *Book) Silences() []Silence {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := []Silence{}
	for _, s := range b.silences {
		out = append(out, s)
	}
	slices.SortFunc(out, func(x, y Silence) int { return cmp.Or(cmp.Compare(y.Until, x.Until), strings.Compare(x.ID, y.ID)) })
	return out
}
