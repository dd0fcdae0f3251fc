package claimwatch

// State is where a finding stands in the procedure of Shanxi Art. 32.
type State string

// The states of the contract, section 3.
const (
	StateOpen       State = "open"
	StateNotified   State = "notified"
	StateExplained  State = "explained"
	StateLapsed     State = "lapsed" // derived from the clock, five working days after notice
	StateRejected   State = "rejected"
	StateReleased   State = "released"
	StateAppealed   State = "appealed"
	StateUpheld     State = "upheld"
	StateOverturned State = "overturned"
	StateRetracted  State = "retracted" // derived: the facts no longer hold, before rejection
)

// Action is what a person does about a finding.
type Action string

// The actions of the contract, sections 2, 3 and 6.
const (
	ActionNotify   Action = "notify"  // again: a supplementary notice of what came in since
	ActionExplain  Action = "explain" // the hospital's statement
	ActionReject   Action = "reject"  // above a limit a proposal, which a second person confirms
	ActionRelease  Action = "release"
	ActionRefer    Action = "refer"
	ActionAssign   Action = "assign"
	ActionExtend   Action = "extend"
	ActionAppeal   Action = "appeal"   // the hospital's, against a rejection
	ActionUphold   Action = "uphold"   // the rejection stands
	ActionOverturn Action = "overturn" // the money goes back
	ActionReopen   Action = "reopen"   // always a proposal, which a second person confirms
	ActionConfirm  Action = "confirm"  // by the second person: what is proposed takes effect
	ActionDecline  Action = "decline"  // what is proposed is dropped
	ActionClaim    Action = "claim"    // somebody is on it, for a while
	ActionUnclaim  Action = "unclaim"
)

// transitions is the one table of who may go where: the state that each action
// leads to from each state. What is not here is refused as illegal_transition.
// There is no way from open or notified to rejected: the law knows no silent
// denial, and silence permits the refusal but does not cause it. A rejection or
// reopening that needs a second person stays where it is until that one confirms.
var transitions = map[State]map[Action]State{
	StateOpen: {
		ActionNotify: StateNotified, ActionRelease: StateReleased,
		ActionRefer: StateOpen, ActionAssign: StateOpen, ActionClaim: StateOpen, ActionUnclaim: StateOpen,
	},
	StateNotified: {
		ActionNotify: StateNotified, ActionExplain: StateExplained, ActionRelease: StateReleased,
		ActionRefer: StateNotified, ActionAssign: StateNotified, ActionExtend: StateNotified, ActionClaim: StateNotified, ActionUnclaim: StateNotified,
	},
	StateExplained: {
		ActionNotify: StateExplained, ActionExplain: StateExplained, // by another institution, or of what came in since
		ActionReject: StateRejected, ActionConfirm: StateRejected, ActionDecline: StateExplained, ActionRelease: StateReleased,
		ActionRefer: StateExplained, ActionAssign: StateExplained, ActionExtend: StateExplained, ActionClaim: StateExplained, ActionUnclaim: StateExplained,
	},
	StateLapsed: {
		ActionNotify: StateNotified,
		ActionReject: StateRejected, ActionConfirm: StateRejected, ActionDecline: StateLapsed, ActionRelease: StateReleased,
		ActionRefer: StateLapsed, ActionAssign: StateLapsed, ActionClaim: StateLapsed, ActionUnclaim: StateLapsed,
	},
	StateRejected: {
		ActionAppeal: StateAppealed,
		ActionReopen: StateOpen, ActionConfirm: StateOpen, ActionDecline: StateRejected, ActionClaim: StateRejected, ActionUnclaim: StateRejected,
	},
	StateAppealed: {
		ActionAppeal: StateAppealed, // by another institution
		ActionUphold: StateUpheld, ActionOverturn: StateOverturned,
		ActionRefer: StateAppealed, ActionAssign: StateAppealed, ActionClaim: StateAppealed, ActionUnclaim: StateAppealed,
	},
	StateUpheld: {
		ActionAppeal: StateAppealed, // by an institution that has not appealed yet
		ActionReopen: StateOpen, ActionConfirm: StateOpen, ActionDecline: StateUpheld, ActionClaim: StateUpheld, ActionUnclaim: StateUpheld,
	},
	StateReleased: {
		ActionReopen: StateOpen, ActionConfirm: StateOpen, ActionDecline: StateReleased, ActionClaim: StateReleased, ActionUnclaim: StateReleased,
	},
}

// Next gives the state that an action leads to, or an illegal_transition that
// says what is possible instead.
func (s State) Next(a Action) (State, error) {
	if next, ok := transitions[s][a]; ok {
		return next, nil
	}
	if a == ActionReject && (s == StateOpen || s == StateNotified) {
		return s, Refuse(CodeIllegalTransition,
			"a finding that is %s cannot be rejected: notify the hospital first and wait for its statement or for the term to lapse", s)
	}
	return s, Refuse(CodeIllegalTransition, "a finding that is %s does not allow %s", s, a)
}

// Decisions lists every action of officers.
func Decisions() []Action {
	return []Action{
		ActionNotify, ActionReject, ActionRelease, ActionExtend, ActionRefer, ActionAssign, ActionConfirm, ActionDecline,
		ActionReopen, ActionClaim, ActionUnclaim, ActionUphold, ActionOverturn,
	}
}

// CheckSecond refuses that whoever made a decision confirms it too: maker is
// never checker. Both are ids of keys, and a key is a person.
func CheckSecond(maker, checker string) error {
	if maker == checker {
		return Refuse(CodeForbidden, "whoever proposed this cannot confirm it: a second person's key must")
	}
	return nil
}
