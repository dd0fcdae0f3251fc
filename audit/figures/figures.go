package figures

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/agreement"
	"claimwatch/audit/term"
)

// HouseMonth is what an institution sent, charged and treated in a month; amounts are
// net of refunds and without self-pay.
type HouseMonth struct {
	InstitutionID        string
	Month                term.Month
	Records, Timed, Late int // received; admissions and fees; of them later than LateAfter
	Charged              claimwatch.Fen
	Stays                int // inpatient and rehab, admitted
	Discharged, StayDays int // likewise, discharged, and their days
	StayCost, StayDrugs  claimwatch.Fen
}

// PhysicianMonth is what the fees of an institution name a physician for.
type PhysicianMonth struct {
	InstitutionID, PhysicianID string
	Month                      term.Month
	Stays                      int // visit numbers of which these fees began in the month
	Charged                    claimwatch.Fen
}

// Blamed says that a violating fee or order of a finding names a physician.
type Blamed struct{ FindingID, InstitutionID, PhysicianID string }

// Sums are read from the store; months of one institution may stand there several
// times and add up.
type Sums struct {
	Houses     []HouseMonth
	Physicians []PhysicianMonth
	Blamed     []Blamed
}

// Finding is a finding that was not retracted, where it stands.
type Finding struct {
	ID, Rule, InstitutionID string
	Severity                claimwatch.Severity
	Amount                  claimwatch.Fen
	From                    *claimwatch.Instant
	OpenedAt                claimwatch.Instant
	State                   claimwatch.State
}

// Month is that of the services that the finding is about, or without any that in
// which it was noticed.
func (f *Finding) Month() term.Month {
	if f.From != nil {
		return term.MonthOf(f.From.Day())
	}
	return term.MonthOf(f.OpenedAt.Day())
}

// Waits says that nothing was decided about the finding yet.
func (f *Finding) Waits() bool {
	switch f.State {
	case claimwatch.StateOpen, claimwatch.StateNotified, claimwatch.StateExplained, claimwatch.StateLapsed:
		return true
	default:
		return false
	}
}

// Confirmed says that the finding was rejected and that this holds so far.
func (f *Finding) Confirmed() bool {
	switch f.State {
	case claimwatch.StateRejected, claimwatch.StateAppealed, claimwatch.StateUpheld:
		return true
	default:
		return false
	}
}

// Institution is a row of the table institutions.
type Institution struct {
	ID, Name, Kind, City string
	Level                int
}

// Person is a physician as the register has it.
type Person struct {
	ID, NameMasked string
	Suspended      bool // on the day
}

// Rejected is what stands on the rejected-fee lists of a month.
type Rejected struct {
	InstitutionID string
	Month         term.Month
	Total         claimwatch.Fen
}

// Deps is what figures are made of.
type Deps struct {
	Clock func(ctx context.Context) (claimwatch.Instant, error)
	// Now is the machine's clock: how old a snapshot is.
	Now      func() time.Time
	Sums     func(ctx context.Context, asOf claimwatch.Instant) (Sums, error)
	Findings func(ctx context.Context, asOf claimwatch.Instant) ([]Finding, error)
	// Told are the ids of the findings that an institution was told, sorted.
	Told         func(institution string) []string
	Institutions func(ctx context.Context) ([]Institution, error)
	Physicians   func(ctx context.Context, on claimwatch.Day) (map[string]Person, error)
	Agreements   func(institution string) []agreement.Row
	// InForce is the status that counts on a day: active before suspended before
	// terminated of several kinds, empty without any.
	InForce      func(institution string, on claimwatch.Day) string
	Rejected     func() []Rejected
	LastReceived func(ctx context.Context) (map[string]claimwatch.Instant, error)
	Uploads      Uploads
}

// Config says how old figures may be.
type Config struct{ Fresh time.Duration }

// DefaultConfig sums up at most every half minute.
func DefaultConfig() Config { return Config{Fresh: 30 * time.Second} }

// Figures answers with sums.
type Figures struct {
	deps Deps
	keep keeper
}

// New makes figures; nothing is read before somebody asks.
func New(cfg Config, deps Deps) *Figures {
	f := &Figures{deps: deps}
	f.keep = keeper{fresh: cfg.Fresh, now: deps.Now, take: f.snapshot, turn: make(chan struct{}, 1)}
	return f
}

// Register declares the operations.
func (f *Figures) Register(api huma.API) {
	f.registerInstitutions(api)
	f.registerPhysicians(api)
	f.registerUploads(api)
}
