package province

import (
	"claimwatch"
)

// Log is a province as a whole: what is judged at once and not streamed.
type Log struct {
	Records    []claimwatch.Record
	ReceivedAt []claimwatch.Instant // of each record: the moment of sending, on which DAT-001, DAT-003 and DAT-004 depend
	Reference  map[string][]map[string]string
	Plants     []Plant
	Until      claimwatch.Instant // as of then the plants are findings, and nothing else is
}

// Generate plays a province.
func Generate(config Config) Log { return New(config).Log() }

// Log plays the province: every record in the order of sending.
func (p *Province) Log() Log {
	all := Log{Reference: p.Reference(), Plants: p.Plants(), Until: p.Until()}
	for at, r := range p.Records() {
		all.Records, all.ReceivedAt = append(all.Records, *r), append(all.ReceivedAt, at)
	}
	return all
}
