// Command orchard keeps a grower's notebook.
package main

import "github.com/spf13/cobra"

func main() {
	root := &cobra.Command{Use: "orchard"}
	cobra.CheckErr(root.Execute())
}
