"""From Label Studio's exports to one adjudicated version of each article, with every span proved."""
