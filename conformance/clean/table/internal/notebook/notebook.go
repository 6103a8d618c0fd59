// Package notebook writes into the grower's notebook.
package notebook
