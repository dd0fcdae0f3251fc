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

// The actions of the contract, sections 2 and 6.
const (
	ActionNotify  Action = "notify"
	ActionExplain Action = "explain" // the hospital's statement
	ActionReject  Action = "reject"
	ActionRelease Action = "release"
	ActionRefer   Action = "refer"
	ActionAssign  Action = "assign"
	ActionExtend  Action = "extend"
)

// transitions is the one table of who may go where: the state that each action
// leads to from each state. What is not here is refused as illegal_transition.
// There is no way from open or notified to rejected: the law knows no silent
// denial, and silence permits the refusal but does not cause it.
var transitions = map[State]map[Action]State{
	StateOpen: {
		ActionNotify: StateNotified, ActionRelease: StateReleased,
		ActionRefer: StateOpen, ActionAssign: StateOpen,
	},
	StateNotified: {
		ActionExplain: StateExplained, ActionRelease: StateReleased,
		ActionRefer: StateNotified, ActionAssign: StateNotified, ActionExtend: StateNotified,
	},
	StateExplained: {
		ActionReject: StateRejected, ActionRelease: StateReleased,
		ActionRefer: StateExplained, ActionAssign: StateExplained,
	},
	StateLapsed: {
		ActionReject: StateRejected, ActionRelease: StateReleased,
		ActionRefer: StateLapsed, ActionAssign: StateLapsed,
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

// CheckSecond refuses that whoever made a decision confirms it too: maker is
// never checker. Both are ids of keys, and a key is a person.
func CheckSecond(maker, checker string) error {
	if maker == checker {
		return Refuse(CodeForbidden, "whoever proposed this cannot confirm it: a second person's key must")
	}
	return nil
}
