package journal

import (
	"cmp"
	"errors"

	"claimwatch"
	"claimwatch/audit/agreement"
	"claimwatch/audit/duty"
	"claimwatch/audit/entitlement"
	"claimwatch/audit/key"
	"claimwatch/audit/matter"
	"claimwatch/audit/policy"
	"claimwatch/audit/reference"
	"claimwatch/audit/rejection"
	"claimwatch/audit/review"
	"claimwatch/audit/settlement"
	"claimwatch/audit/term"
)

// State is everything that the journal says, folded. It is a function of the
// messages of the topic and of nothing else. The zero State is that of an empty
// journal. It is not safe for concurrent use; Journal guards it.
type State struct {
	seq     uint64
	head    string // hash of entry seq
	answers map[string]Answer
	parts   assembler
	ledger  ledger

	reviews    map[string]*review.Review
	noticed    map[string]map[string]bool // institution to the findings of which it was told
	lines      map[noticedLine][]string   // violating lines of notified findings
	rejections rejection.State
	reference  reference.State
	loads      map[string][]Load // by table
	calendar   term.Calendar
	keys       key.State
	accounts   accountBook
	policies   policy.State
	procedure  int // the newest by which a decision was accepted
	attached   map[string]*attached
	notices    noticeBook
	money      moneyState
	// institutions, as the table of that name has them now.
	institutions map[string]Institution
	agreements   agreement.State
	matters      matter.Register
	entitlements entitlement.Book
	duties       duty.Book
	reports      map[reported]SealedReport
}

// Institution is what procedures need to know of an institution.
type Institution struct {
	Name, Kind, City string
	Level            int
}

// noticedLine is a violating line of a rule.
type noticedLine struct {
	rule, institution, record string
	kind                      claimwatch.Kind
}

// Answer is what became of a command. It is given again to every repeat.
type Answer struct {
	Seq      uint64 // of the entry; 0 when refused
	Hash     string
	Revision int               // of the finding, afterwards
	Rejected claimwatch.Fen    // what a rejection took; negative: what was given back
	Load     *LoadAnswer       // of a reference load
	Refusal  *claimwatch.Error // nil when accepted
	Matter   *MatterAnswer     // of a step of a matter
	Granted  bool              // of a question about a person: it may be answered
	request  string
}

// LoadAnswer is what a reference load did.
type LoadAnswer struct {
	Table                    string
	Version                  uint64
	Rows, Changed, Unchanged int
}

// Load is one reference load in the history of its table.
type Load struct {
	LoadAnswer
	At claimwatch.Instant
	By string
}

// Accepted is a new entry with all that follows from it: what views of the
// journal are written from.
type Accepted struct {
	Entry
	Command  Command
	Review   *review.Review           // the finding's review afterwards
	Listed   []rejection.Listed       // what changed on the rejected-fee lists
	Sealed   *rejection.RejectedList  // that was sealed
	Resealed []rejection.RejectedList // sealed lists from which a text was erased
	File     *File                    // that was attached; its bytes are the command's data
	Load     *reference.Outcome       // of a reference load, with the changed rows
	Key      *key.Key                 // that came, changed or went
	Revoked  bool                     // it went
	Matter   *matter.Matter           // afterwards, with Load when rows follow
	Money    *settlement.Event        // of a command about money
	About    []string                 // findings that it is about, beside the command's own
	Erased   []review.Review          // reviews out of which an erasure took a text
	// ErasedFile is an attachment that nobody has any more: its bytes go.
	ErasedFile string
}

// Apply folds one command in its canonical bytes. A new command that is
// accepted gives its entry; a repeat, and a refused one, give none. The answer is
// the same for every repeat. A refusal leaves no trace but its answer.
func (s *State) Apply(c Command, canonical []byte) (*Accepted, Answer) {
	if first, repeated := s.answers[c.ID]; repeated {
		if c.Request != first.request {
			return nil, Answer{Refusal: claimwatch.Refuse(claimwatch.CodeKeyReused, "this command_id was used for another wish")}
		}
		return nil, first
	}
	accepted, answer, err := s.accept(c, canonical)
	if err != nil {
		accepted, answer = nil, Answer{Refusal: refusal(err)}
	}
	answer.request = c.Request
	if s.answers == nil {
		s.answers = map[string]Answer{}
	}
	s.answers[c.ID] = answer
	return accepted, answer
}

func refusal(err error) *claimwatch.Error {
	var refused *claimwatch.Error
	if errors.As(err, &refused) {
		return refused
	}
	return &claimwatch.Error{Code: claimwatch.CodeInvalid, Message: "the command cannot be read", Cause: err}
}

// accept numbers a command once its own part of the state has taken it. Every
// do… function checks everything before it changes anything.
func (s *State) accept(c Command, canonical []byte) (*Accepted, Answer, error) {
	entry, err := newEntry(s.seq+1, cmp.Or(s.head, genesis), canonical)
	if err != nil {
		return nil, Answer{}, err
	}
	accepted := &Accepted{Entry: entry, Command: c}
	answer := Answer{Seq: entry.Seq, Hash: entry.Hash}
	switch c.Type {
	case TypeDecision, TypeStatement, TypeAppeal, TypeTellRetracted, TypeInheritNotice:
		err = s.doReview(c, accepted, &answer)
	case TypeAdjustRejection:
		err = s.doAdjust(c, accepted, &answer)
	case TypeAttachment:
		err = s.doAttach(c, accepted)
	case TypeReportSeal:
		err = s.doReportSeal(c, accepted)
	case TypeReferenceLoad:
		err = s.doLoad(c, accepted, &answer)
	case TypeSettlementPropose, TypeSettlementClose, TypeSettlementWithdraw, TypePaymentPropose, TypePaymentConfirm, TypePaymentWithdraw,
		TypeYearEndPropose, TypeYearEndClose, TypeYearEndWithdraw:
		err = s.doMoney(c, accepted)
	case TypeKeyAdd:
		err = s.doKeyAdd(c, accepted)
	case TypeKeyRevoke:
		err = s.doKeyRevoke(c, accepted)
	case TypeAccountSet:
		err = s.doAccount(c, accepted)
	case TypeMatter:
		err = s.doMatter(c, accepted, &answer)
	case TypeErase:
		err = s.doErase(c, accepted)
	case TypeEntitlementAsked:
		err = s.doEntitlement(c, entry.Seq, &answer)
	default:
		err = claimwatch.Refuse(claimwatch.CodeInvalid, "no command is called %q", c.Type)
	}
	if err != nil {
		return nil, Answer{}, err
	}
	s.seq, s.head = entry.Seq, entry.Hash
	s.ledger.add(entry, c, canonical, accepted.About)
	s.noteDeed(accepted, &answer)
	return accepted, answer, nil
}
