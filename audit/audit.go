package audit

import (
	"context"
	"fmt"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/audit/board"
	"claimwatch/audit/coverage"
	"claimwatch/audit/journal"
	"claimwatch/audit/proof"
	"claimwatch/audit/reference"
	"claimwatch/audit/session"
	"claimwatch/audit/signon"
)

// Retracted says whether a query wants findings that no current evaluation holds.
type Retracted uint8

// The three answers.
const (
	WithoutRetracted Retracted = iota
	WithRetracted
	OnlyRetracted
)

// FindingQuery asks for findings in order of their ids.
type FindingQuery struct {
	InstitutionID, PersonID, StayID, Rule string
	Severity                              claimwatch.Severity
	From, Until                           *claimwatch.Instant // the finding's span meets [From, Until)
	MinAmount                             *claimwatch.Fen
	Suppressed                            *bool    // whether a whitelist row applies
	IDs                                   []string // at most 1,000; none: any
	// PhysicianID and ItemCode are those of one violating line, of the institution
	// LinesOf unless it is empty.
	PhysicianID, ItemCode, LinesOf string
	Retracted                      Retracted
	Cursor                         string
	Limit                          int
}

// FindingEvent is one step in the life of a finding, as evaluations made it.
type FindingEvent struct {
	Change claimwatch.Change  `json:"change" enum:"opened,revised,retracted"`
	At     claimwatch.Instant `json:"at"`
	Facts  string             `json:"facts_sha256"`
	// SuppressedBy is the whitelist row that applied from then on.
	SuppressedBy *string `json:"suppressed_by"`
	Knowledge    uint64  `json:"knowledge_version" doc:"reference rows were read as they were after this entry of the journal; 0: not known"`
}

// Findings reads what the rules found.
type Findings interface {
	Findings(ctx context.Context, q FindingQuery) (items []claimwatch.Held, next string, err error)
	// Finding gives a finding by id, retracted or not, with its history.
	Finding(ctx context.Context, id string) (held claimwatch.Held, history []FindingEvent, ok bool, err error)
	// Claiming gives the findings that stand, want money and are not suppressed, of
	// persons: their own, and those that belong to them across institutions.
	Claiming(ctx context.Context, persons, institutions []string) ([]claimwatch.Finding, error)
	// AllFacts yields every current finding in order of id, with the whitelist row
	// that suppresses it, empty for none.
	AllFacts(ctx context.Context, yield func(findingID, facts, suppressedBy string) error) error
}

// LineFacts is a line of a finding as it was charged: the highest revision of
// its record, and its amount net of live refunds (rules.md 1.7).
type LineFacts struct {
	Revision   int32
	PersonID   string
	StayID     string
	OccurredAt claimwatch.Instant
	ItemCode   string
	ItemName   string
	Net        claimwatch.Fen
	Found      bool // false: cancelled, unknown, or later than as_of
}

// Lines reads the facts of named lines, in the order in which they are named.
type Lines func(ctx context.Context, asOf claimwatch.Instant, lines []claimwatch.Line) ([]LineFacts, error)

// StoredRow is a row of a reference table as the store holds it.
type StoredRow struct {
	Void      bool
	Values    []claimwatch.Value
	Seq       uint64 // of its load
	KnownFrom claimwatch.Instant
	Actor     string
}

// RowQuery asks for the rows of a reference table.
type RowQuery struct {
	Table    string
	AsOf     uint64            // as they were after this entry of the journal; 0: now
	Where    map[string]string // exact text of text columns
	WithVoid bool              // withdrawn rows too
	Cursor   string
	Limit    int // 0: all rows
}

// Tables reads reference tables.
type Tables interface {
	// Rows gives the current rows in order of their keys.
	Rows(ctx context.Context, q RowQuery) (rows []StoredRow, next string, err error)
	// RowHistory gives every version of one row, the oldest first.
	RowHistory(ctx context.Context, table string, key []claimwatch.Value) ([]StoredRow, error)
}

// EntryQuery asks for entries of the chain.
type EntryQuery struct {
	After       uint64 // those with greater numbers
	Back        bool   // newest first: those with smaller numbers than After, or all when it is 0
	Actor, Type string
	From, Until *claimwatch.Instant // [From, Until)
	Limit       int
}

// Entries reads bodies of the chain in order.
type Entries func(ctx context.Context, q EntryQuery) (bodies [][]byte, err error)

// Settled says whether the store holds everything that was in the log when this
// process began. Before that a line that is not there may be one that is still to
// be stored, and nothing is given back for it. nil is never.
type Settled func(ctx context.Context) (bool, error)

// Clock is the product's clock: now, or with the event clock as_of.
type Clock func(ctx context.Context) (claimwatch.Instant, error)

// Heads signs the head of the journal.
type Heads interface {
	// Checkpoint gives the signed head as it is now.
	Checkpoint(ctx context.Context) (note []byte, head proof.Checkpoint, err error)
	// Key is the public key; there is one once a checkpoint was given.
	Key() *proof.Verifier
	// Sign signs another text with the same key.
	Sign(text string) ([]byte, error)
}

// Topic reads the messages of the journal once, from the first to those that are
// there when it begins. It ends early with the error of handle.
type Topic func(ctx context.Context, handle func([]claimwatch.Message) error) error

// Deps is what the audit stage works with.
type Deps struct {
	Journal  *journal.Journal
	Findings Findings
	Places   Places
	Lines    Lines
	Tables   Tables
	Entries  Entries
	Clock    Clock
	Files    Files // nil: attachments can be sent and not be read
	Settled  Settled
	Heads    Heads
	Topic    Topic
	Charges  Charges // nil: nothing is settled
	Ledger   Ledger
	// Originals reads records out of the log for evidence packs; nil: packs go without.
	Originals Originals
	Book      RuleBook // nil: no rule is shown, and none is on trial
	// Articles gives an article of law in full; nil: letters cite and do not quote.
	Articles func(RuleArticle) ArticleView
	Live     *Live         // nil: nobody can listen
	Sessions *session.Book // nil: nobody signs in, and keys are all there is
	Factors  Factors
	SignOn   *signon.SignOn // of the agency; nil: passwords are all there is
	// Now is the machine's clock, for waiting, sessions and links only.
	Now func() time.Time

	StayLengths  StayLengths
	ChargedTotal ChargedTotal // nil: shares of what was charged are not known
	Coverage     Coverage
	Stays        Stays
	Heard        Heard     // nil: nobody is silent
	TreatedAs    TreatedAs // nil: nobody asks for entitlements
	// Concentration sums up institutions; nil: nobody is proposed for face recognition.
	Concentration Concentration
	Figures       *FigureReaders // nil: nobody asks for figures
	// MayAsk refuses a caller that asks for entitlements too often; nil refuses nobody.
	MayAsk func(claimwatch.Caller) error
	// Diagnosis and Procedure name codes; nil knows no names.
	Diagnosis, Procedure Names
	// Rules gives those that the library in use evaluates, in the order of the
	// catalogue.
	Rules func() []coverage.Rule
	// Order gives the codes of the catalogue in use in its order, that of attribution.
	Order func() []string
}

// Audit answers officers and hospitals.
type Audit struct {
	cfg   Config
	deps  Deps
	log   *zap.Logger
	met   *metrics
	board *board.Board

	door  door
	swept int // rejected lines that the present round of sweeps has looked at
}

// New makes an audit stage that does nothing until Run or Register.
func New(cfg Config, deps Deps, log *zap.Logger, reg prometheus.Registerer) (*Audit, error) {
	met, err := newMetrics(reg)
	if err != nil {
		return nil, fmt.Errorf("register metrics of audit: %w", err)
	}
	counted := board.NewBoard()
	if err := reg.Register(counted); err != nil {
		return nil, fmt.Errorf("register figures: %w", err)
	}
	return &Audit{cfg: cfg, deps: deps, log: log, met: met, board: counted, door: newDoor()}, nil
}

// Register declares every operation of the stage.
func (a *Audit) Register(api huma.API) {
	a.registerFindings(api)
	a.registerCounts(api)
	a.registerCases(api)
	a.registerCoverage(api)
	a.registerStays(api)
	if a.deps.Live != nil {
		a.registerStream(api)
	}
	a.registerDecisions(api)
	a.registerAppeals(api)
	a.registerAttachments(api)
	a.registerNotices(api)
	a.registerRejections(api)
	if a.deps.Charges != nil {
		a.registerSettlements(api)
	}
	a.registerReference(api)
	a.registerBaselines(api)
	a.registerJournal(api)
	a.registerProofs(api)
	a.registerEvidence(api)
	a.registerKeys(api)
	if a.deps.Sessions != nil {
		a.registerSessions(api)
		a.registerFactors(api)
		a.registerMethods(api)
		a.registerAccounts(api)
		a.registerColleagues(api)
	}
	a.registerMatters(api)
	if a.deps.Book != nil {
		a.registerRules(api)
	}
	if a.deps.TreatedAs != nil {
		a.registerEntitlements(api)
	}
	if a.deps.Concentration != nil {
		a.registerFaceProposals(api)
	}
	if a.deps.Figures != nil {
		a.figures().Register(api)
		a.registerSupervision(api)
	}
	nullObjects(api)
}

// table finds a reference table by its name in a path.
func table(name string) (claimwatch.Table, error) {
	t, known := claimwatch.TableNamed(name)
	if !known {
		return t, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no table %q", name)
	}
	return t, nil
}

// rowObject gives a row as the object of NDJSON: columns by name, absent ones
// left out.
func rowObject(t claimwatch.Table, values []claimwatch.Value) map[string]string {
	object := map[string]string{}
	for i, column := range t.Columns {
		if i < len(values) && values[i].Set {
			object[column.Name] = reference.FormatCell(column, values[i])
		}
	}
	return object
}
