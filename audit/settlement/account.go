package settlement

import "claimwatch"

// Account is where money of an institution stands.
type Account string

// The accounts. The balance of claims is what was claimed, with a minus; all
// balances of an institution always add up to zero.
const (
	AccountClaims     Account = "claims"
	AccountRejected   Account = "rejected"
	AccountNotPayable Account = "not_payable"
	AccountHeld       Account = "held"
	AccountPayable    Account = "payable"   // approved and not yet paid
	AccountBond       Account = "bond"      // kept until the year end, Shanxi Art. 33
	AccountPaid       Account = "paid"      // to the institution
	AccountForfeited  Account = "forfeited" // bond that fell to the fund, Shanxi Art. 34
)

// Accounts lists all, in the order of the papers.
func Accounts() []Account {
	return []Account{
		AccountClaims, AccountRejected, AccountNotPayable, AccountHeld, AccountPayable, AccountBond, AccountPaid, AccountForfeited,
	}
}

// Posting moves an amount into an account, or out of it when it is negative. The
// postings of one journal entry add up to zero.
type Posting struct {
	Account Account        `json:"account"`
	Amount  claimwatch.Fen `json:"amount"`
}

// post books a balanced set and gives what of it moves anything.
func (b *book) post(set ...Posting) []Posting {
	moved := make([]Posting, 0, len(set))
	for _, p := range set {
		if p.Amount != 0 {
			b.balances[p.Account] += p.Amount
			moved = append(moved, p)
		}
	}
	b.revision++
	return moved
}

// Balances gives the balance of every account of an institution.
func (s *State) Balances(institution string) map[Account]claimwatch.Fen {
	balances := map[Account]claimwatch.Fen{}
	for _, account := range Accounts() {
		balances[account] = s.book(institution).balances[account]
	}
	return balances
}
