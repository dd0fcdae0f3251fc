// Package account is who may sign in to the console: people with a login and a
// password, beside the key of the same id that says what they may do ("a key is a
// person"). It is pure: the journal folds it, package audit asks it.
package account
