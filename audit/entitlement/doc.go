// Package entitlement keeps who has asked what the fund knows of a person, and who
// of them may be answered (Shanxi Art. 26). It is folded from the journal: every
// question stands there before it is answered, answered or not.
package entitlement
